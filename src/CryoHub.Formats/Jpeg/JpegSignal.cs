using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Jpeg;

/// <summary>One photo, unpacked when it is read.</summary>
internal sealed class JpegSignal(SignalHeader header, IByteSource file, int components) : ISignal
{
    private const long LargestFile = 512L << 20;

    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
        if (file.Length > LargestFile)
        {
            throw ProblemException.Unreadable($"The photo has {file.Length} bytes; up to {LargestFile} are unpacked.");
        }

        var packed = await file.ReadBlockAsync(0, file.Length, ct);
        var (height, width) = ((int)Header.Shape[0], (int)Header.Shape[1]);
        if (components == 4)
        {
            var print = new byte[4L * width * height];
            Unpack(packed, print, width, height, 4, LibTurboJpeg.Cmyk);
            ToScreen(print, destination.Span);
        }
        else
        {
            Unpack(packed, destination.Span[..(int)Header.FrameBytes], width, height, components, components == 1 ? LibTurboJpeg.Grey : LibTurboJpeg.Rgb);
        }
    }

    private static unsafe void Unpack(byte[] packed, Span<byte> pixels, int width, int height, int bytes, int format)
    {
        var handle = LibTurboJpeg.Open();
        if (handle == 0)
        {
            throw ProblemException.Unreadable("libturbojpeg cannot begin.");
        }

        try
        {
            fixed (byte* from = packed)
            fixed (byte* to = pixels)
            {
                if (LibTurboJpeg.Decompress(handle, from, (nuint)packed.Length, to, width, width * bytes, height, format, 0) != 0)
                {
                    throw ProblemException.Unreadable($"The photo's data is damaged: {Marshal.PtrToStringUTF8(LibTurboJpeg.Error(handle))}.");
                }
            }
        }
        finally
        {
            _ = LibTurboJpeg.Close(handle);
        }
    }

    /// <summary>Photo programs store print colours inverted: 255 is no ink.</summary>
    private static void ToScreen(ReadOnlySpan<byte> print, Span<byte> pixels)
    {
        for (var i = 0; i < print.Length / 4; i++)
        {
            var black = print[(4 * i) + 3];
            for (var colour = 0; colour < 3; colour++)
            {
                pixels[(3 * i) + colour] = (byte)((print[(4 * i) + colour] * black) / 255);
            }
        }
    }
}
