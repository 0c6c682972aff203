using System.Runtime.InteropServices;
using CryoHub.Formats.Mrc;
using CryoHub.Imaging;

namespace CryoHub.Benchmarks;

/// <summary>An MRC stack of 1 GiB, or of several, in the folder for temporary files: float32 noise, which does not compress.</summary>
internal static class LargeFile
{
    private const int FramesPerGiB = 64;
    public const int Size = 2048;

    /// <summary>The file, once made.</summary>
    public static string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cryohub-bench-{Environment.ProcessId}.mrc");

    public static string Make() => Make(1);

    /// <summary>The same with more frames.</summary>
    public static string Make(int gib)
    {
        var header = new SignalHeader(
            "stack",
            SignalKind.ImageStack,
            PixelType.Float32,
            [new Axis("frame", gib * FramesPerGiB, "", AxisRole.Frame), new Axis("y", Size, "nm", AxisRole.Space), new Axis("x", Size, "nm", AxisRole.Space)],
            AcquisitionMetadata.None,
            MetadataTree.Empty);
        using var file = File.Create(Path);
        new MrcWriter().WriteAsync(new Noise(header), file, CancellationToken.None).GetAwaiter().GetResult();
        return Path;
    }

    private sealed class Noise(SignalHeader header) : ISignal
    {
        public SignalHeader Header => header;

        public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
        {
            var random = new Random((int)frame);
            foreach (ref var pixel in MemoryMarshal.Cast<byte, float>(destination.Span))
            {
                pixel = 100 + (10 * random.NextSingle());
            }

            return ValueTask.CompletedTask;
        }
    }
}
