using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Registration;

namespace CryoHub.Benchmarks.Cases;

/// <summary>60 frames of 1024 x 1024 against the first, to fractions of a pixel: windows, filters, transforms and maxima.</summary>
internal static class RegistrationCase
{
    private const int Frames = 61;
    private const int Size = 1024;

    public static Benchmark Benchmark { get; } = new("register", "60 pairs of 1024 x 1024, sub-pixel shifts", Prepare, "scikit-image phase_cross_correlation, a tenth of a pixel");

    private static Action Prepare()
    {
        var random = new Random(1);
        var ground = new float[Size * Size];
        for (var i = 0; i < 20_000; i++)
        {
            var (x, y, height) = (random.Next(3, Size - 3), random.Next(3, Size - 3), random.NextSingle());
            for (var k = 0; k < 49; k++)
            {
                ground[((y + (k / 7) - 3) * Size) + x + (k % 7) - 3] += height * MathF.Exp(-((((k % 7) - 3f) * ((k % 7) - 3f)) + (((k / 7) - 3f) * ((k / 7) - 3f))) / 4);
            }
        }

        var frames = Enumerable.Range(0, Frames).Select(frame =>
        {
            var image = new float[Size * Size];
            AffineSampling.Shift(0.1 * frame, -0.05 * frame).Linear(ground, Size, Size, image, Size, Size);
            return image;
        }).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        var shifts = new ImageShift[Frames];
        return () =>
        {
            var weights = BandPass.Weights(Size, Size, 0.01, 0.15, 0.05);
            using var first = new CrossCorrelation(Size, Size);
            using var reference = new AlignedFloats(Size * RealFourier.HalfLength(Size));
            first.Transform(frames[0], 0.1, weights, reference);
            Parallel.For(1, Frames, options, () => (new CrossCorrelation(Size, Size), new AlignedFloats(Size * RealFourier.HalfLength(Size))), (frame, _, scratch) =>
            {
                var (correlation, spectrum) = scratch;
                correlation.Transform(frames[frame], 0.1, weights, spectrum);
                shifts[frame] = correlation.Shift(reference, spectrum, 40);
                return scratch;
            }, scratch =>
            {
                scratch.Item1.Dispose();
                scratch.Item2.Dispose();
            });
        };
    }
}
