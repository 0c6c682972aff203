using System.Text.Json.Nodes;
using CryoHub.Formats.BrukerRaw;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Panalytical;

/// <summary>Philips' binary powder patterns, versions 3 (.rd) and 5 (.sd).</summary>
public sealed class PhilipsRawReader : IFormatReader
{
    private const int FirstValue3 = 250;
    private const int FirstValue5 = 810;
    private const int MostSteps = 1 << 20;

    private static readonly string[] Diffractometers = ["PW1800", "PW1710 based system", "PW1840", "PW3710 based system", "Undefined", "X'Pert MPD"];
    private static readonly string[] Anodes = ["Cu", "Mo", "Fe", "Co", "Cr", "Other"];
    private static readonly string[] Foci = ["BF", "NF", "FF", "LFF"];

    public FormatInfo Format { get; } = new(
        "philips-raw", "Philips powder diffraction", [".rd", ".sd"], "counts over 2Theta, versions 3 and 5; instrument, tube and sample", "", "https://github.com/wojdyr/xylib");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("V3RD"u8) || head.StartsWith("V5RD"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var first = (await file.Bytes.ReadBlockAsync(0, Math.Min(4, file.Bytes.Length), ct)).AsSpan().StartsWith("V3"u8) ? FirstValue3 : FirstValue5;
        var head = new BlockReader(await file.Bytes.ReadBlockAsync(0, first, ct));

        // 84: instrument, anode and focus by their numbers; 138: name; 146: sample; 214: step, first and last 2Theta; counts as square roots in tenths
        head.Skip(84);
        var original = new JsonObject { ["diffractometer"] = Word(Diffractometers, head.Byte()), ["anode"] = Word(Anodes, head.Byte()), ["focus"] = Word(Foci, head.Byte()) };
        head.MoveTo(138);
        (original["file"], original["sample"]) = (head.Text(8), head.Text(20));
        head.MoveTo(214);
        var (step, start, end) = (head.Float64(), head.Float64(), head.Float64());
        (original["step"], original["start"], original["end"]) = (MetadataTree.Leaf(step), MetadataTree.Leaf(start), MetadataTree.Leaf(end));
        var steps = Math.Round((end - start) / step) + 1;
        if (!(steps is >= 1 and <= MostSteps) || first + (2 * (long)steps) > file.Bytes.Length)
        {
            throw ProblemException.Unreadable($"{file.Name} states 2Theta from {start} to {end} by {step}: {steps} counts of 2 bytes from byte {first}; the file holds {file.Bytes.Length} bytes.");
        }

        var values = new BlockReader(await file.Bytes.ReadBlockAsync(first, 2 * (long)steps, ct));
        var counts = new double[(int)steps];
        for (var i = 0; i < counts.Length; i++)
        {
            var root = (long)values.UInt16();
            counts[i] = root * root / 100;      // whole counts
        }

        return [PowderPattern.Of(Path.GetFileNameWithoutExtension(file.Name), start, step, counts, double.NaN, original)];
    }

    private static JsonNode Word(string[] words, byte number) => number < words.Length ? words[number] : (JsonNode)number;
}
