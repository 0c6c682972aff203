using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.PerkinElmer;

/// <summary>Spectra as PerkinElmer's programs write them as text: six numbers (points, first and last abscissa, three more), then an ordinate a line.</summary>
public sealed class AspReader : IFormatReader
{
    private const int HeaderLines = 6;

    public FormatInfo Format { get; } = new(
        "perkin-elmer-asp", "PerkinElmer spectrum as text (.asp)", [".asp"], "ordinates, first and last abscissa", "", "https://github.com/datalab-org/datalab");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        if (!fileName.EndsWith(".asp", StringComparison.OrdinalIgnoreCase) || !TextBytes.LooksLikeText(text))
        {
            return Match.No;
        }

        var lines = text.Split('\n');
        return lines.Length > HeaderLines && Array.TrueForAll(lines[..HeaderLines], line => PlainNumbers.CountIn(line) == 1) && int.TryParse(lines[0], out var count) && count > 0
            ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var numbers = new List<double>();
        foreach (var line in text.Lines().Where(line => line.Trim().Length > 0))
        {
            numbers.Add(double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
                : throw ProblemException.Unreadable($"{file.Name} holds a line that is no number after {numbers.Count} that are."));
        }

        if (numbers.Count <= HeaderLines || numbers[0] != numbers.Count - HeaderLines || !double.IsFinite(numbers[1]) || !double.IsFinite(numbers[2]))
        {
            throw ProblemException.Unreadable(
                $"{file.Name} promises {(numbers.Count > 0 ? numbers[0] : 0)} ordinates after {HeaderLines} numbers of header and holds {Math.Max(0, numbers.Count - HeaderLines)}.");
        }

        var count = numbers.Count - HeaderLines;
        var step = count > 1 ? (numbers[2] - numbers[1]) / (count - 1) : 1;
        if (!double.IsFinite(step))
        {
            throw ProblemException.Unreadable($"{file.Name} runs from {numbers[1]} to {numbers[2]}: no step can be had of that.");
        }

        var original = new MetadataTree(new JsonObject { ["header"] = new JsonArray([.. numbers.Take(HeaderLines).Select(number => double.IsFinite(number) ? JsonValue.Create(number) : null)]) });
        var axis = new Axis("x", count, "", AxisRole.Energy, step, numbers[1]);
        return [Curve.Of(Path.GetFileNameWithoutExtension(file.Name), SignalKind.Spectrum, axis, numbers[HeaderLines..], "", AcquisitionMetadata.None, original)];
    }
}
