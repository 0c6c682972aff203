using CryoHub.Analyses.Fourier;

namespace CryoHub.Benchmarks.Cases;

/// <summary>Window, transform, logarithm and shift of a 4096 x 4096 image.</summary>
internal static class PowerSpectrumCase
{
    private const int Size = 4096;

    public static Benchmark Benchmark { get; } = new("fft", "log power spectrum 4096 x 4096, Hann window, shifted", Prepare, "numpy/scipy fft, 2 workers");

    private static Action Prepare()
    {
        var random = new Random(1);
        var image = new float[Size * Size];
        foreach (ref var pixel in image.AsSpan())
        {
            pixel = random.NextSingle();
        }

        var (spectrum, power) = (new PowerSpectrum(Size, Size), new float[Size * Size]);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        return () => spectrum.Compute(image, power, options);
    }
}
