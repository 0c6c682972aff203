using System.Globalization;
using System.Text.RegularExpressions;
using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Ebsd;

/// <summary>NORDIF's EBSD patterns: bare bytes in <c>Pattern.dat</c>, described by <c>Setting.txt</c> beside it.</summary>
public sealed partial class NordifReader : IFormatReader
{
    private const string Settings = "Setting.txt";

    public FormatInfo Format { get; } = new(
        "ebsd-nordif",
        "EBSD patterns (NORDIF)",
        [".dat"],
        "Pattern.dat with Setting.txt beside it: patterns of 8 bits on the scan's grid",
        "calibration patterns, which are pictures of their own",
        "https://kikuchipy.org/en/stable/tutorials/load_save_data.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        string.Equals(fileName, "Pattern.dat", StringComparison.OrdinalIgnoreCase) ? Match.Maybe : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Sibling(Settings) is not { } beside)
        {
            throw ProblemException.Unreadable($"{file.Name} holds bare pixels; their sizes stand in {Settings}, which is not beside it.");
        }

        var tree = KeyValueText.Parse((await TextBytes.ReadAsync(Settings, beside, ct)).Lines());
        var original = new MetadataTree(tree);
        var (width, height) = Pair(original, "Acquisition settings", "Resolution");
        var (columns, rows) = Pair(original, "Area", "Number of samples");
        var patterns = Math.Min(columns * rows, file.Bytes.Length / (width * height));
        if (patterns == 0)
        {
            throw ProblemException.Unreadable($"A pattern of {width} x {height} takes {width * height} bytes; the file holds {file.Bytes.Length}.");
        }

        // The detector's pixels have no size in the settings; a scan that was broken off has fewer patterns than its grid.
        var header = new SignalHeader(Path.GetFileNameWithoutExtension(file.Name), SignalKind.DiffractionScan, PixelType.UInt8,
            [new Axis("pattern", patterns, "", AxisRole.Frame), new Axis("dy", height, "", AxisRole.Space), new Axis("dx", width, "", AxisRole.Space)], Metadata(original), original);
        return [new PatternSignal(file.Bytes, header)];
    }

    private static (long First, long Second) Pair(MetadataTree tree, string section, string key)
    {
        var stated = tree.Find(section, key)?.ToString() ?? "";
        return Sizes().Match(stated) is { Success: true } sizes && long.Parse(sizes.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is > 0 and var first
            && long.Parse(sizes.Groups[2].ValueSpan, CultureInfo.InvariantCulture) is > 0 and var second
                ? (first, second)
                : throw ProblemException.Unreadable($"{Settings} states '{stated}' as {key} in [{section}]; two sizes are expected.");
    }

    private static AcquisitionMetadata Metadata(MetadataTree tree)
    {
        return new AcquisitionMetadata
        {
            BeamEnergyKeV = Number("Microscope", "Accelerating voltage", "kV"),
            Magnification = Number("Microscope", "Magnification", "#"),
            TiltDeg = Number("Microscope", "Tilt angle", "°"),
            ExposureS = Number("Acquisition settings", "Exposure time", "µs") / 1e6,
            Instrument = tree.Find("Microscope", "Model")?.ToString(),
            Detector = tree.Find("EBSD detector", "Model")?.ToString(),
        };

        double? Number(string section, string key, string unit) => tree.Find(section, key)?.ToString().Split('\t') is [var value, var stated, ..] && stated.Trim() == unit
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    [GeneratedRegex(@"^(\d{1,6})\s*[x×]\s*(\d{1,6})")]
    private static partial Regex Sizes();

    private sealed class PatternSignal(IByteSource source, SignalHeader header) : ISignal
    {
        public SignalHeader Header { get; } = header;

        public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct) =>
            source.ReadAsync(frame * Header.FrameBytes, destination[..(int)Header.FrameBytes], ct);
    }
}
