using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>
/// Heights at which a phase is met when it is looked at from a face of the volume, the least-squares plane taken off; roughness as for profiles of surfaces
/// (ISO 25178-2): mean and root mean square deviation, skewness.
/// </summary>
internal sealed class HeightMap
{
    private readonly List<(double U, double V, double Height)> points = [];
    private readonly int lines;

    public HeightMap(byte[] mask, VolumeShape shape, VoxelSize size, VolumeSide from)
    {
        var axis = from switch { VolumeSide.ZLow or VolumeSide.ZHigh => 0, VolumeSide.YLow or VolumeSide.YHigh => 1, _ => 2 };
        var backwards = from is VolumeSide.ZHigh or VolumeSide.YHigh or VolumeSide.XHigh;
        int[] lengths = [shape.Depth, shape.Height, shape.Width];
        double[] edges = [size.Z, size.Y, size.X];
        var (u, v) = axis switch { 0 => (1, 2), 1 => (0, 2), _ => (0, 1) };
        lines = lengths[u] * lengths[v];
        Span<int> at = stackalloc int[3];
        for (var line = 0; line < lines; line++)
        {
            (at[u], at[v]) = (line / lengths[v], line % lengths[v]);
            for (var step = 0; step < lengths[axis]; step++)
            {
                at[axis] = backwards ? lengths[axis] - 1 - step : step;
                if (mask[shape.Index(at[0], at[1], at[2])] != 0)
                {
                    points.Add((at[u] * edges[u], at[v] * edges[v], step * edges[axis]));
                    break;
                }
            }
        }
    }

    public IEnumerable<Quantity> Quantities(string unit)
    {
        var deviations = Levelled();
        var mean = deviations.Select(Math.Abs).DefaultIfEmpty(double.NaN).Average();
        var rms = Math.Sqrt(deviations.Select(d => d * d).DefaultIfEmpty(double.NaN).Average());
        return
        [
            new("Roughness Sa", mean, unit),
            new("Roughness Sq", rms, unit),
            new("Roughness Ssk", rms > 0 ? deviations.Average(d => d * d * d) / Math.Pow(rms, 3) : double.NaN, ""),
            new("Share of the face under which the phase lies", (double)points.Count / lines, ""),
        ];
    }

    private double[] Levelled()
    {
        if (points.Count < 3)
        {
            return [];
        }

        var (u0, v0, h0) = (points.Average(p => p.U), points.Average(p => p.V), points.Average(p => p.Height));
        var (uu, vv, uv) = (points.Sum(p => (p.U - u0) * (p.U - u0)), points.Sum(p => (p.V - v0) * (p.V - v0)), points.Sum(p => (p.U - u0) * (p.V - v0)));
        var (uh, vh) = (points.Sum(p => (p.U - u0) * (p.Height - h0)), points.Sum(p => (p.V - v0) * (p.Height - h0)));
        var determinant = (uu * vv) - (uv * uv);
        var (a, b) = determinant > 0 ? (((vv * uh) - (uv * vh)) / determinant, ((uu * vh) - (uv * uh)) / determinant) : (0, 0);
        return [.. points.Select(p => p.Height - h0 - (a * (p.U - u0)) - (b * (p.V - v0)))];
    }
}
