using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.BrukerRaw;

/// <summary>A <c>RawDataN.xml</c> that was taken out of a Diffrac.Suite archive.</summary>
public sealed class RawDataXmlReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "bruker-rawdata-xml", "Bruker powder diffraction, raw data as XML", [".xml"], "every route of an experiment: times, angles and counters in columns", "frames of area detectors",
        "https://github.com/aboulle/DxTools");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return text.Contains("<RawData", StringComparison.Ordinal) && text.Contains("<DataRoutes", StringComparison.Ordinal) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        return RawDataXml.Read(text.Span, Path.GetFileNameWithoutExtension(file.Name));
    }
}
