using System.Text;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Npy;

/// <summary>NumPy's array file, version 1.0; colour becomes one more axis.</summary>
public sealed class NpyWriter : IFormatWriter
{
    public string Extension => ".npy";

    public string Writes => "any array in its own number type, without axes";

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        await output.WriteAsync(Head(signal.Header), ct);
        await Frames.ForEachAsync(signal, frame => output.WriteAsync(frame, ct), ct);
        return null;
    }

    /// <summary>Magic, version, length, then a Python literal padded with blanks to a multiple of 64.</summary>
    private static byte[] Head(SignalHeader header)
    {
        var (type, components) = TypeOf(header.Pixel);
        IEnumerable<long> shape = components > 1 ? header.Shape.Append(components) : header.Shape;
        var literal = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)},), }}";
        var padded = literal.PadRight(((10 + literal.Length + 1 + 63) / 64 * 64) - 11) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)padded.Length, (byte)(padded.Length >> 8), .. Encoding.ASCII.GetBytes(padded)];
    }

    private static (string Type, int Components) TypeOf(PixelType pixel) => pixel switch
    {
        PixelType.Int8 => ("|i1", 1),
        PixelType.UInt8 => ("|u1", 1),
        PixelType.Bool => ("|b1", 1),
        PixelType.Int16 => ("<i2", 1),
        PixelType.UInt16 => ("<u2", 1),
        PixelType.Int32 => ("<i4", 1),
        PixelType.UInt32 => ("<u4", 1),
        PixelType.Int64 => ("<i8", 1),
        PixelType.UInt64 => ("<u8", 1),
        PixelType.Float16 => ("<f2", 1),
        PixelType.Float32 => ("<f4", 1),
        PixelType.Float64 => ("<f8", 1),
        PixelType.Complex64 => ("<c8", 1),
        PixelType.Complex128 => ("<c16", 1),
        PixelType.Rgb8 => ("|u1", 3),
        PixelType.Rgba8 => ("|u1", 4),
        _ => ("<u2", 4),
    };
}
