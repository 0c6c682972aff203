using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>
/// Thickness of a layer on a core, seen at the layer's outer voxels: the distance from the boundary there to the core's boundary, the mean of what the layer's
/// last voxel and the first one beyond it say, each less what lies between a voxel's centre and the boundary.
/// </summary>
internal sealed class LayerThickness
{
    private readonly long coreFaces;
    private readonly long coveredFaces;

    public LayerThickness(VolumeWork work, VoxelSize size, byte[] layer, byte[] core)
    {
        var shape = work.Shape;
        var outside = new byte[core.Length];
        for (var i = 0; i < core.Length; i++)
        {
            outside[i] = core[i] != 0 && layer[i] == 0 ? (byte)0 : (byte)1;
        }

        var distance = work.Distance(outside, size);
        Map = new float[core.Length];
        Array.Fill(Map, float.NaN);
        for (var i = 0; i < Map.Length; i++)
        {
            var (z, y, x) = (i / shape.Plane, i / shape.Width % shape.Height, i % shape.Width);
            var (sum, faces) = (0.0, 0);
            for (var n = 0; n < 6; n++)
            {
                var (dz, dy, dx) = n switch { 0 => (-1, 0, 0), 1 => (1, 0, 0), 2 => (0, -1, 0), 3 => (0, 1, 0), 4 => (0, 0, -1), _ => (0, 0, 1) };
                if ((uint)(z + dz) >= (uint)shape.Depth || (uint)(y + dy) >= (uint)shape.Height || (uint)(x + dx) >= (uint)shape.Width)
                {
                    continue;
                }

                var next = shape.Index(z + dz, y + dy, x + dx);
                if (outside[i] == 0 && outside[next] != 0)
                {
                    coreFaces++;
                    coveredFaces += layer[next] != 0 ? 1 : 0;
                }
                else if (layer[i] != 0 && layer[next] == 0 && outside[next] != 0)
                {
                    sum += (distance[i] + distance[next]) / 2;
                    faces++;
                }
            }

            if (faces > 0 && double.IsFinite(sum))
            {
                Map[i] = (float)Math.Max(0, (sum / faces) - (size.Mean / 2));
            }
        }

        Statistics = new ThicknessStatistics(Map, size);
    }

    /// <summary>Thickness at the layer's outer voxels, NaN elsewhere.</summary>
    public float[] Map { get; }

    public ThicknessStatistics Statistics { get; }

    public IEnumerable<Quantity> Quantities(string unit) =>
    [
        new("Layer thickness, mean", Statistics.Mean, unit),
        new("Layer thickness, 10 %", Statistics.Percentile(0.1), unit),
        new("Layer thickness, median", Statistics.Percentile(0.5), unit),
        new("Layer thickness, 90 %", Statistics.Percentile(0.9), unit),
        new("Layer roughness (standard deviation)", Statistics.Deviation, unit),
        new("Coverage of the core", coreFaces > 0 ? (double)coveredFaces / coreFaces : double.NaN, ""),
    ];
}
