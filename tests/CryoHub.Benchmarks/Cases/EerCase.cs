using CryoHub.Formats.Tiff;
using CryoHub.TestKit;

namespace CryoHub.Benchmarks.Cases;

/// <summary>Movies of electron events as Falcon cameras write them: 4096 x 4096 pixels, one in two hundred hit.</summary>
internal static class EerCase
{
    private const int Side = 4096;
    private const int Frames = 40;

    public static Benchmark Benchmark { get; } = new("eer", $"EER, {Frames} frames of {Side} x {Side} at 0.5 % occupancy, one core", Prepare);

    private static Action Prepare()
    {
        var random = new Random(17);
        var frames = Enumerable.Range(0, Frames).Select(_ => TestEer.Encode(Electrons(random), Side * Side, 7)).ToList();
        var file = new MemoryFile("movie.eer", TestEer.File(Side, Side, 65001, frames));
        var signal = new TiffReader().OpenAsync(file, CancellationToken.None).GetAwaiter().GetResult()[0];
        var counts = new byte[Side * Side];
        return () =>
        {
            for (var frame = 0; frame < Frames; frame++)
            {
                signal.ReadFrameAsync(frame, counts, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
        };
    }

    private static IEnumerable<int> Electrons(Random random)
    {
        // Gaps between hits of a Poisson process of 0.005 a pixel.
        for (var pixel = Gap(); pixel < Side * Side; pixel += 1 + Gap())
        {
            yield return pixel;
        }

        int Gap() => (int)(-Math.Log(1 - random.NextDouble()) * 200);
    }
}
