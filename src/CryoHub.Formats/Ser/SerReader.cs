using CryoHub.Imaging;

namespace CryoHub.Formats.Ser;

/// <summary>FEI's TIA series, with what the .emi file beside it says; an .emi file stands for the series that came with it.</summary>
public sealed class SerReader : IFormatReader
{
    private const int MostSeries = 99;

    public FormatInfo Format { get; } = new(
        "tia",
        "TIA series (SER, EMI)",
        [".ser", ".emi"],
        "images, stacks, spectra, spectrum lines and images, scans of images; voltage, mode and time from the .emi file",
        "pixels that an .emi file holds itself",
        "http://www.er-c.org/cbb/info/TIAformat/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (head.Length < 6)
        {
            return !head.IsEmpty && fileName.EndsWith(".ser", StringComparison.OrdinalIgnoreCase) ? Match.Maybe : Match.No;
        }

        // 0: 0x4949 (little endian), 2: 0x0197 (ES Vision series); TIA's own document begins with JK, 0, 2
        return head.StartsWith((ReadOnlySpan<byte>)[0x49, 0x49, 0x97, 0x01]) || head.StartsWith((ReadOnlySpan<byte>)[0x4A, 0x4B, 0x00, 0x02]) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var stem = Path.GetFileNameWithoutExtension(file.Name);
        if (!file.Name.EndsWith(".emi", StringComparison.OrdinalIgnoreCase))
        {
            var cut = stem.LastIndexOf('_');
            var number = cut > 0 && int.TryParse(stem[(cut + 1)..], out var stated) ? stated : 1;
            var beside = cut > 0 && file.Sibling($"{stem[..cut]}.emi") is { } emi ? await EmiDocument.ReadAsync(emi, ct) : null;
            return [await SerSignals.OpenAsync(file.Bytes, stem, beside?.Object(number), ct)];
        }

        var document = await EmiDocument.ReadAsync(file.Bytes, ct);
        List<ISignal> signals = [];
        for (var number = 1; number <= MostSeries; number++)
        {
            if (file.Sibling($"{stem}_{number}.ser") is { } series)
            {
                signals.Add(await SerSignals.OpenAsync(series, $"{stem}_{number}", document.Object(number), ct));
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} keeps its pixels in {stem}_1.ser and so on; none came with it.");
    }
}
