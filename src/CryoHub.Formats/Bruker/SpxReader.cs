using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>Single spectra of Bruker Esprit.</summary>
public sealed class SpxReader : IFormatReader
{
    private const long LargestFile = 64 << 20;

    public FormatInfo Format { get; } = new(
        "bruker-spx", "Bruker Esprit spectrum", [".spx"],
        "One EDX or micro-XRF spectrum with its calibration, detector and elements", "Peak fits and charts are kept as metadata only",
        "https://hyperspy.org/rosettasciio/supported_formats/bruker.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.IndexOf("<TRTSpectrum>"u8) >= 0 ? Match.Certain
            : fileName.EndsWith(".spx", StringComparison.OrdinalIgnoreCase) && head.StartsWith("<?xml"u8) ? Match.Maybe : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length > LargestFile)
        {
            throw ProblemException.Unreadable($"{file.Name} holds {file.Bytes.Length} bytes; a spectrum file has at most {LargestFile}.");
        }

        var bytes = new byte[file.Bytes.Length];
        await file.Bytes.ReadAsync(0, bytes, ct);
        var root = EspritXml.Parse(bytes, file.Name);
        var node = root.Instance("TRTSpectrum") ?? throw ProblemException.Unreadable($"{file.Name} is {root.Name} and holds no TRTSpectrum.");
        var spectrum = new EspritSpectrum(node);
        var header = new SignalHeader(
            (string?)node.Attribute("Name") ?? Path.GetFileNameWithoutExtension(file.Name), SignalKind.Spectrum, PixelType.UInt64, [spectrum.Energy], spectrum.Metadata,
            new MetadataTree(spectrum.Original));
        return [new ArraySignal(header, MemoryMarshal.AsBytes(spectrum.Counts.AsSpan()).ToArray())];
    }
}
