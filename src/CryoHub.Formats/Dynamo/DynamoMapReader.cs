using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Dynamo;

/// <summary>Dynamo's list of tomograms: the number that a table's column <c>tomo</c> names, and the file it stands for.</summary>
public sealed partial class DynamoMapReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "dynamo-map",
        "Dynamo tomogram list",
        [".doc"],
        "numbers and file names",
        "",
        "https://www.dynamo-em.org/w/index.php?title=Tomogram-table_map_file");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (!fileName.EndsWith(".doc", StringComparison.OrdinalIgnoreCase) || TextBytes.Head(head) is not { Length: > 0 } text
            || !TextBytes.LooksLikeText(text))
        {
            return Match.No;
        }

        return Line().IsMatch(text.Split('\n')[0].TrimEnd()) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var tomograms = new JsonObject();
        foreach (var line in text.Lines().Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var match = Line().Match(line);
            if (!match.Success)
            {
                throw ProblemException.Unreadable($"A line of a tomogram list is a number and a file; found \"{line[..Math.Min(60, line.Length)]}\".");
            }

            tomograms[match.Groups["number"].Value] = match.Groups["file"].Value;
        }

        return [DocumentSignal.Of(Path.GetFileNameWithoutExtension(file.Name), text.Decode(text.Span), new MetadataTree(tomograms))];
    }

    [GeneratedRegex(@"^(?<number>\d{1,9})[ \t]+(?<file>\S.*)$")]
    private static partial Regex Line();
}
