using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Benchmarks.Cases;

/// <summary>Kernels on 256 x 256 x 256 voxels: smoothed noise and what exceeds its mean, as the peers get it too.</summary>
internal static class VolumeCases
{
    private static readonly VolumeShape Shape = new(256, 256, 256);

    public static IEnumerable<Benchmark> Benchmarks =>
    [
        Of("label", "26-connected labels 256^3", "scikit-image label", (work, _, mask) => work.Labels(work.Components(mask, Connectivity.Corners))),
        Of("edt", "exact Euclidean distance 256^3", "scipy distance_transform_edt", (work, _, mask) => work.Distance(mask, VoxelSize.One)),
        Of("gaussian", "Gaussian, sigma 2, 256^3", "scipy gaussian_filter", (work, grey, _) => work.Gaussian(grey, 2)),
        Of("median", "median 3^3, 256^3", "scipy median_filter", (work, grey, _) => work.Median(grey)),
        Of("marching-cubes", "marching cubes 256^3", "scikit-image marching_cubes", (work, grey, _) => work.Mesh(grey, VoxelSize.One, 0.5f)),
        new("watershed", "watershed on the distance, markers and mask, 256^3", PrepareWatershed, "scikit-image watershed"),
    ];

    private static Benchmark Of(string name, string operation, string peer, Action<VolumeWork, float[], byte[]> run) => new(name, operation, () =>
    {
        var (work, grey, mask) = Input();
        return () => run(work, grey, mask);
    }, peer);

    private static Action PrepareWatershed()
    {
        var (work, _, mask) = Input();
        var distance = work.Distance(mask, VoxelSize.One);
        var most = distance.Max();
        ushort[] landscape = [.. distance.Select(value => (ushort)(65535 * (1 - (value / most))))];
        var markers = work.Labels(work.Components([.. distance.Select(value => value > 0.5f * most ? (byte)1 : (byte)0)], Connectivity.Corners));
        return () => Watershed.Flood(landscape, mask, Shape, (int[])markers.Clone());
    }

    /// <summary>Noise smoothed with sigma 5, from 0 to 1; the mask is what exceeds 0.5.</summary>
    private static (VolumeWork Work, float[] Grey, byte[] Mask) Input()
    {
        var work = new VolumeWork(Shape, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount });
        var random = new Random(1);
        var noise = new float[Shape.Count];
        foreach (ref var value in noise.AsSpan())
        {
            value = random.NextSingle();
        }

        var grey = work.Gaussian(noise, 5);
        var (low, high) = (grey.Min(), grey.Max());
        for (var i = 0; i < grey.Length; i++)
        {
            grey[i] = (grey[i] - low) / (high - low);
        }

        return (work, grey, [.. grey.Select(value => value > 0.5f ? (byte)1 : (byte)0)]);
    }
}
