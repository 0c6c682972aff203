namespace CryoHub.Analyses.Tests.Tomography;

/// <summary>A slow reference in double precision for one slice: pixel-driven projection with linear weights, written down as a sparse matrix.</summary>
internal sealed class DoubleProjector
{
    private readonly List<(int Ray, int Voxel, double Weight)> entries = [];

    public DoubleProjector(double[] degrees, int width, int depth)
    {
        (Rays, Voxels) = (degrees.Length * width, depth * width);
        for (var view = 0; view < degrees.Length; view++)
        {
            var (sin, cos) = Math.SinCos(degrees[view] * Math.PI / 180);
            for (var voxel = 0; voxel < Voxels; voxel++)
            {
                var u = ((width - 1) / 2.0) + (((voxel % width) - ((width - 1) / 2.0)) * cos) + (((voxel / width) - ((depth - 1) / 2.0)) * sin);
                var i = (int)Math.Floor(u);
                Enter(view, i, voxel, 1 - (u - i), width);
                Enter(view, i + 1, voxel, u - i, width);
            }
        }
    }

    public int Rays { get; }

    public int Voxels { get; }

    public double[] Forward(double[] volume)
    {
        var rays = new double[Rays];
        entries.ForEach(entry => rays[entry.Ray] += entry.Weight * volume[entry.Voxel]);
        return rays;
    }

    public double[] Backward(double[] rays)
    {
        var volume = new double[Voxels];
        entries.ForEach(entry => volume[entry.Voxel] += entry.Weight * rays[entry.Ray]);
        return volume;
    }

    /// <summary>SIRT from zero: the volume, and the residual before each iteration and after the last.</summary>
    public (double[] Volume, double[] Residuals) Sirt(double[] measured, int iterations, bool positivity)
    {
        double[] r = [.. Forward([.. Enumerable.Repeat(1.0, Voxels)]).Select(sum => sum > 1e-3 ? 1 / sum : 0)];
        double[] c = [.. Backward([.. Enumerable.Repeat(1.0, Rays)]).Select(sum => sum > 1e-3 ? 1 / sum : 0)];
        var volume = new double[Voxels];
        var residuals = new List<double>();
        for (var k = 0; ; k++)
        {
            double[] left = [.. Forward(volume).Zip(measured, (p, b) => b - p)];
            residuals.Add(Norm(left) / Norm(measured));
            if (k == iterations)
            {
                return (volume, [.. residuals]);
            }

            var step = Backward([.. left.Zip(r, (d, w) => d * w)]);
            volume = [.. volume.Select((voxel, i) => positivity ? Math.Max(0, voxel + (c[i] * step[i])) : voxel + (c[i] * step[i]))];
        }
    }

    /// <summary>CGLS from zero.</summary>
    public (double[] Volume, double[] Residuals) Cgls(double[] measured, int iterations)
    {
        var (x, r) = (new double[Voxels], (double[])measured.Clone());
        var s = Backward(r);
        var (p, gamma) = ((double[])s.Clone(), s.Sum(value => value * value));
        List<double> residuals = [1];
        for (var k = 0; k < iterations; k++)
        {
            var q = Forward(p);
            var alpha = gamma / q.Sum(value => value * value);
            x = [.. x.Zip(p, (a, b) => a + (alpha * b))];
            r = [.. r.Zip(q, (a, b) => a - (alpha * b))];
            s = Backward(r);
            var next = s.Sum(value => value * value);
            p = [.. s.Zip(p, (a, b) => a + (next / gamma * b))];
            gamma = next;
            residuals.Add(Norm(r) / Norm(measured));
        }

        return (x, [.. residuals]);
    }

    public static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private void Enter(int view, int pixel, int voxel, double weight, int width)
    {
        if (pixel >= 0 && pixel < width)
        {
            entries.Add(((view * width) + pixel, voxel, weight));
        }
    }
}
