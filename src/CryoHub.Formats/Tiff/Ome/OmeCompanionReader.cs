using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Tiff.Dialects;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Tiff.Ome;

/// <summary>The description of an OME-TIFF that is spread over several files, in a file of its own.</summary>
public sealed class OmeCompanionReader : IFormatReader
{
    private const int LongestDescription = 64 << 20;

    public FormatInfo Format { get; } = new(
        "ome-companion",
        "OME companion file",
        [".ome"],
        "the images whose planes are in the TIFF files beside it",
        "pixels inside the XML",
        "https://docs.openmicroscopy.org/ome-model/latest/ome-tiff/specification.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n');
        return text.StartsWith('<') && text.Contains("<OME", StringComparison.Ordinal) && text.Contains("openmicroscopy.org", StringComparison.Ordinal)
            ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length > LongestDescription)
        {
            throw ProblemException.Unreadable($"{file.Name} holds {file.Bytes.Length} bytes; descriptions of up to {LongestDescription} are read.");
        }

        var root = SafeXml.Parse(await file.Bytes.ReadBlockAsync(0, file.Bytes.Length, ct), file.Name);
        var shared = OmeDialect.Describe(root);
        return await new OmeSeries(file).OpenAsync(root, shared, new JsonObject { [shared.Dialect] = shared.Original }, ct);
    }
}
