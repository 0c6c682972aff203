using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Nrrd;

/// <summary>Nearly raw raster data: a text header, attached (.nrrd) or beside its numbers (.nhdr).</summary>
public sealed class NrrdReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "nrrd",
        "NRRD",
        [".nrrd", ".nhdr"],
        "attached and detached headers, lists and series of data files, raw, gzip, bzip2, text and hex, all number types, spacings and space directions",
        "blocks of bytes without a number type",
        "https://teem.sourceforge.net/nrrd/format.html");

    // 0: "NRRD000" and the version
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("NRRD000"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var header = await NrrdHeader.ReadAsync(file.Name, file.Bytes, ct);
        var pixel = Pixel(header.Needed("type"));
        var sizes = header.Sizes();
        var count = Int128.One;
        foreach (var size in sizes)
        {
            count *= size;
            if (count > long.MaxValue)
            {
                throw ProblemException.Unreadable($"The header promises {string.Join(" x ", sizes)} numbers.");
            }
        }

        var data = await NrrdData.OpenAsync(file, header, pixel, count, ct);
        var axes = NrrdAxes.Of(header, sizes);
        var kind = axes.Count switch
        {
            1 => SignalKind.Trace,
            2 => SignalKind.Image,
            3 when axes.TrueForAll(axis => axis.Role == AxisRole.Space) => SignalKind.Volume,
            _ => SignalKind.ImageStack,
        };
        var signal = new SignalHeader(header.Text("content") ?? Path.GetFileNameWithoutExtension(file.Name), kind, pixel, axes, AcquisitionMetadata.None, new MetadataTree(header.Original))
        {
            ValueUnit = header.Text("sample units", "sampleunits")?.Trim('"') ?? "",
        };
        var isText = header.Needed("encoding").ToLowerInvariant() is "txt" or "text" or "ascii";
        return [RawSignal.Of(signal, data, 0, !isText && string.Equals(header.Text("endian"), "big", StringComparison.OrdinalIgnoreCase))];
    }

    private static PixelType Pixel(string type) => type.ToLowerInvariant() switch
    {
        "signed char" or "int8" or "int8_t" => PixelType.Int8,
        "uchar" or "unsigned char" or "uint8" or "uint8_t" => PixelType.UInt8,
        "short" or "short int" or "signed short" or "signed short int" or "int16" or "int16_t" => PixelType.Int16,
        "ushort" or "unsigned short" or "unsigned short int" or "uint16" or "uint16_t" => PixelType.UInt16,
        "int" or "signed int" or "int32" or "int32_t" => PixelType.Int32,
        "uint" or "unsigned int" or "uint32" or "uint32_t" => PixelType.UInt32,
        "longlong" or "long long" or "long long int" or "signed long long" or "signed long long int" or "int64" or "int64_t" => PixelType.Int64,
        "ulonglong" or "unsigned long long" or "unsigned long long int" or "uint64" or "uint64_t" => PixelType.UInt64,
        "float" => PixelType.Float32,
        "double" => PixelType.Float64,
        _ => throw ProblemException.Unreadable($"Numbers of type \"{type}\" are not known to NRRD, or are blocks of bytes."),
    };
}
