using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Msa;

/// <summary>EMSA/MAS spectra (ISO 22029), with y values alone or with x and y.</summary>
public sealed class MsaReader : IFormatReader
{
    private const long LargestFile = 64 << 20;

    // The standard's own form and ISO's; "6/8/2005" may be June or August and is left to the tree.
    private static readonly string[] DateFormats = ["d-MMM-yyyy", "yyyy-MM-dd"];

    public FormatInfo Format { get; } = new(
        "msa",
        "EMSA/MAS spectrum (ISO 22029)",
        [".msa", ".emsa"],
        "Y and XY data in any number of columns, one spectrum a file",
        "files above 64 MiB",
        "https://www.iso.org/standard/74094.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = System.Text.Encoding.Latin1.GetString(head[..Math.Min(256, head.Length)]).TrimStart('\uFEFF', '\r', '\n', ' ');
        if (text.StartsWith("#FORMAT", StringComparison.OrdinalIgnoreCase) && text.Contains("EMSA/MAS", StringComparison.OrdinalIgnoreCase))
        {
            return Match.Certain;
        }

        return text.StartsWith('#') && Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()) ? Match.Maybe : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length > LargestFile)
        {
            throw ProblemException.Unreadable($"The file holds {file.Bytes.Length} bytes; a spectrum as text of up to {LargestFile} is read.");
        }

        var text = MsaText.Parse(await file.Bytes.ReadBlockAsync(0, file.Bytes.Length, ct));
        var isPairs = string.Equals(text["DATATYPE"], "XY", StringComparison.OrdinalIgnoreCase);
        var counts = isPairs ? [.. text.Numbers.Where((_, index) => index % 2 == 1)] : text.Numbers.ToArray();
        var promised = text.Number("NPOINTS") ?? 0;
        if (counts.Length == 0 || counts.Length < promised)
        {
            throw ProblemException.Unreadable($"The header promises {promised} points; the file holds {counts.Length}.");
        }

        var name = text["TITLE"] ?? Path.GetFileNameWithoutExtension(file.Name);
        var header = new SignalHeader(name, SignalKind.Spectrum, PixelType.Float64, [EnergyAxis(text, counts.Length, isPairs)], Metadata(text), new MetadataTree(Original(text)));
        return [new ArraySignal(header, MemoryMarshal.AsBytes(counts.AsSpan()).ToArray())];
    }

    private static Axis EnergyAxis(MsaText text, int size, bool isPairs)
    {
        var step = text.Number("XPERCHAN") ?? (isPairs && size > 1 ? (text.Numbers[^2] - text.Numbers[0]) / (size - 1) : 1);
        var origin = text.Number("OFFSET") ?? (isPairs ? text.Numbers[0] : 0);
        return new Axis("energy", size, Unit(text["XUNITS"] ?? ""), AxisRole.Energy, step, origin);
    }

    /// <summary>The standard's own example says <c>Energy Loss (eV)</c>, EDAX <c>Energy (EV)</c>: the symbol is what counts.</summary>
    private static string Unit(string stated)
    {
        var open = stated.LastIndexOf('(');
        var symbol = open >= 0 && stated.EndsWith(')') ? stated[(open + 1)..^1].Trim() : stated;
        return symbol.ToUpperInvariant() switch { "EV" => "eV", "KEV" => "keV", _ => symbol };
    }

    private static AcquisitionMetadata Metadata(MsaText text) => new()
    {
        BeamEnergyKeV = Stated(text, "BEAMKV"),
        Magnification = Stated(text, "MAGCAM"),
        ConvergenceMrad = Stated(text, "CONVANGLE"),
        CollectionMrad = Stated(text, "COLLANGLE"),
        ExposureS = Stated(text, "REALTIME") ?? (Stated(text, "INTEGTIME") ?? Stated(text, "DWELLTIME")) / 1e3,
        Detector = text["EDSDET"] ?? text["ELSDET"],
        AcquiredAt = AcquiredAt(text),
    };

    private static string? AcquiredAt(MsaText text)
    {
        if (text["DATE"] is not { } date || !DateOnly.TryParseExact(date, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var day))
        {
            return null;
        }

        return TimeOnly.TryParse(text["TIME"], CultureInfo.InvariantCulture, out var time)
            ? day.ToDateTime(time).ToString("s", CultureInfo.InvariantCulture)
            : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Programs write zero where they do not know.</summary>
    private static double? Stated(MsaText text, string keyword) => text.Number(keyword) is { } value && value != 0 ? value : null;

    private static JsonObject Original(MsaText text)
    {
        var tree = new JsonObject();
        foreach (var (key, value) in text.Keywords.Where(pair => !pair.Key.StartsWith("SPECTRUM", StringComparison.Ordinal)))
        {
            tree[key] = tree.TryGetPropertyValue(key, out var earlier) && earlier is not null ? $"{earlier}\n{value}" : value;   // titles and comments go on
        }

        return tree;
    }
}
