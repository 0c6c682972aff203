using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Formats.Mrc;

/// <summary>MRC2014, little endian; tilt angles go into a SerialEM extended header.</summary>
public sealed class MrcWriter : IFormatWriter
{
    public string Extension => ".mrc";

    public string Writes => "images, stacks, tilt series and volumes; other number types than MRC's become float32";

    public string? Refusal(SignalHeader header) =>
        header.Shape.Count is < 2 or > 3 || header.Shape.Any(size => size > int.MaxValue)
            ? $"MRC holds two or three axes; {header.Name} has {header.Shape.Count} ({string.Join(" x ", header.Shape)})."
            : header.Pixel is PixelType.Complex128 or PixelType.Rgba8 or PixelType.Rgba16 ? $"MRC has no {header.Pixel.Name()} pixels." : null;

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        var header = signal.Header;
        var sizes = header.Shape;
        if (Refusal(header) is { } refusal)
        {
            throw ProblemException.Invalid(refusal);
        }

        var (mode, stored) = ModeOf(header.Pixel);
        var tilts = header.Axes[0].Role == AxisRole.Tilt ? Enumerable.Range(0, (int)sizes[0]).Select(index => header.Axes[0].At(index)).ToArray() : [];
        var bytes = Header(header, mode, tilts);
        var start = output.Position;
        await output.WriteAsync(bytes, ct);
        var statistics = new RunningStatistics();
        await Frames.ForEachAsync(signal, frame =>
        {
            if (!header.Pixel.IsColour())
            {
                statistics.Add(header.Pixel, frame.Span);
            }

            return output.WriteAsync(Store(header.Pixel, stored, frame), ct);
        }, ct);
        await WriteStatisticsAsync(output, start, statistics, ct);
        return stored == header.Pixel || header.Pixel is PixelType.UInt8 or PixelType.Bool ? null : $"MRC has no {header.Pixel.Name()}: the values are written as {stored.Name()}.";
    }

    private static (MrcMode Mode, PixelType Stored) ModeOf(PixelType pixel) => pixel switch
    {
        PixelType.Int8 => (MrcMode.Int8, pixel),
        PixelType.Int16 => (MrcMode.Int16, pixel),
        PixelType.UInt16 => (MrcMode.UInt16, pixel),
        PixelType.UInt8 or PixelType.Bool => (MrcMode.UInt16, PixelType.UInt16),   // mode 0 is signed
        PixelType.Float16 => (MrcMode.Float16, pixel),
        PixelType.Complex64 => (MrcMode.Complex64, pixel),
        PixelType.Rgb8 => (MrcMode.Rgb, pixel),
        _ => (MrcMode.Float32, PixelType.Float32),
    };

    private static byte[] Header(SignalHeader header, MrcMode mode, double[] tilts)
    {
        var bytes = new byte[MrcHeader.Length + (2 * tilts.Length)];
        var axes = header.Axes.Count == 2 ? [new Axis("z", 1, "", AxisRole.Frame), .. header.Axes] : header.Axes;
        for (var i = 0; i < 3; i++)
        {
            var axis = axes[2 - i];   // columns, rows, sections
            Int(4 * i, (int)axis.Size);
            Int(28 + (4 * i), (int)axis.Size);
            Real(40 + (4 * i), (float)((axis.StepInNanometres() ?? 0) * 10 * axis.Size));
            Real(52 + (4 * i), 90);
            Int(64 + (4 * i), i + 1);
        }

        Int(12, (int)mode);
        Int(88, header.Kind == SignalKind.Volume ? 1 : 0);
        Int(92, 2 * tilts.Length);
        Int(108, 20140);
        "MAP "u8.CopyTo(bytes.AsSpan(208));
        bytes[212] = bytes[213] = 0x44;
        if (tilts.Length > 0)
        {
            "SERI"u8.CopyTo(bytes.AsSpan(104));
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(128), 2);   // two bytes a section
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(130), 1);   // the tilt angle, times 100
            for (var i = 0; i < tilts.Length; i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(MrcHeader.Length + (2 * i)), (short)Math.Round(tilts[i] * 100));
            }
        }

        return bytes;

        void Int(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), value);
        void Real(int offset, float value) => BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(offset), value);
    }

    private static ReadOnlyMemory<byte> Store(PixelType pixel, PixelType stored, ReadOnlyMemory<byte> frame)
    {
        if (pixel == stored)
        {
            return frame;
        }

        var values = new double[frame.Length / pixel.Bytes()];
        PixelConversion.ToDouble(pixel, frame.Span, values);
        var bytes = new byte[values.Length * stored.Bytes()];
        if (stored == PixelType.UInt16)
        {
            System.Numerics.Tensors.TensorPrimitives.ConvertTruncating<double, ushort>(values, MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()));
        }
        else
        {
            System.Numerics.Tensors.TensorPrimitives.ConvertTruncating<double, float>(values, MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        }

        return bytes;
    }

    /// <summary>Known only when every frame has been seen; the specification's marks for "not determined" where there is none.</summary>
    private static async Task WriteStatisticsAsync(Stream output, long start, RunningStatistics statistics, CancellationToken ct)
    {
        var known = statistics.Count > 0;
        float[] fields = known ? [(float)statistics.Min, (float)statistics.Max, (float)statistics.Mean] : [0, -1, -2];
        await PutAsync(76, MemoryMarshal.AsBytes(fields.AsSpan()).ToArray());      // 76: DMIN, DMAX, DMEAN
        await PutAsync(216, BitConverter.GetBytes(known ? (float)statistics.StandardDeviation : -1));   // 216: RMS
        output.Seek(0, SeekOrigin.End);

        async Task PutAsync(long offset, byte[] bytes)
        {
            output.Seek(start + offset, SeekOrigin.Begin);
            await output.WriteAsync(bytes, ct);
        }
    }
}
