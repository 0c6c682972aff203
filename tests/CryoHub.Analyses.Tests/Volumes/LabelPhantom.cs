using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Tests.Volumes;

/// <summary>Label volumes of known geometry, uint8, 2 nm a voxel.</summary>
internal static class LabelPhantom
{
    public const double Voxel = 2;

    public static ArraySignal Of(VolumeShape shape, Func<int, int, int, int> label, string unit = "nm")
    {
        var labels = new byte[shape.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = (byte)label(i / shape.Plane, i / shape.Width % shape.Height, i % shape.Width);
        }

        return Of(shape, labels, unit);
    }

    public static ArraySignal Of(VolumeShape shape, byte[] labels, string unit = "nm") => new(
        new SignalHeader(
            "phantom",
            SignalKind.Volume,
            PixelType.UInt8,
            [new Axis("z", shape.Depth, unit, AxisRole.Space, Voxel), new Axis("y", shape.Height, unit, AxisRole.Space, Voxel), new Axis("x", shape.Width, unit, AxisRole.Space, Voxel)],
            AcquisitionMetadata.None,
            MetadataTree.Empty),
        labels);

    /// <summary>A core (1) with a shell (2) in emptiness (0).</summary>
    public static ArraySignal Shell(int size, double inner, double outer)
    {
        var middle = (size - 1) / 2.0;
        return Of(new VolumeShape(size, size, size), (z, y, x) => Math.Sqrt(((z - middle) * (z - middle)) + ((y - middle) * (y - middle)) + ((x - middle) * (x - middle))) is var r && r <= inner ? 1 : r <= outer ? 2 : 0);
    }

    /// <summary>Overlapping balls (1) with centres scattered evenly, also beyond the borders: the space between them (0) fills exp(-n V).</summary>
    public static byte[] Balls(VolumeShape shape, double radius, double porosity, int seed)
    {
        var random = new Random(seed);
        var (d, h, w) = (shape.Depth + (2 * radius), shape.Height + (2 * radius), shape.Width + (2 * radius));
        var count = (int)Math.Round(-Math.Log(porosity) / (4 / 3.0 * Math.PI * Math.Pow(radius, 3)) * d * h * w);
        var labels = new byte[shape.Count];
        for (var ball = 0; ball < count; ball++)
        {
            var (cz, cy, cx) = ((random.NextDouble() * d) - radius, (random.NextDouble() * h) - radius, (random.NextDouble() * w) - radius);
            for (var z = (int)Math.Max(0, cz - radius); z <= Math.Min(shape.Depth - 1, cz + radius); z++)
            {
                for (var y = (int)Math.Max(0, cy - radius); y <= Math.Min(shape.Height - 1, cy + radius); y++)
                {
                    for (var x = (int)Math.Max(0, cx - radius); x <= Math.Min(shape.Width - 1, cx + radius); x++)
                    {
                        if (((z - cz) * (z - cz)) + ((y - cy) * (y - cy)) + ((x - cx) * (x - cx)) <= radius * radius)
                        {
                            labels[shape.Index(z, y, x)] = 1;
                        }
                    }
                }
            }
        }

        return labels;
    }
}
