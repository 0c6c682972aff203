using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jpk;

/// <summary>
/// Curves on a grid (force maps, quantitative imaging): below index/N stands what a single curve has at the root of its archive. Every channel of every segment
/// becomes one signal [y, x, sample].
/// </summary>
internal sealed class JpkMap(ISourceFile file, ZipDirectory zip, JpkProperties head, JpkProperties? shared)
{
    private const string Pattern = "force-scan-map.position-pattern";
    private const int MostSegments = 1000;
    private const int LargestSide = 1 << 16;

    // A map that was broken off states its whole grid; the rest of it has no value.
    private const long MostPointsPerCurve = 64;
    private const long FewPoints = 1 << 16;

    private readonly Dictionary<string, ZipMember> members = [];
    private readonly HashSet<long> curves = [];

    // By the name below index/N/: the most bytes of any curve. Curves differ in length (the set point is reached sooner or later).
    private readonly Dictionary<string, long> longest = [];

    /// <summary>Whether the head describes a grid of curves.</summary>
    public static bool IsMap(JpkProperties head) => head.Text("type") == "force-scan-map" || head.Text($"{Pattern}.grid.ilength") is not null;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(CancellationToken ct)
    {
        foreach (var member in zip.Members)
        {
            members[member.Name] = member;
            if (member.Name.StartsWith("index/", StringComparison.Ordinal) && member.Name.IndexOf('/', 6) is > 6 and var slash
                && long.TryParse(member.Name.AsSpan(6, slash - 6), NumberStyles.None, CultureInfo.InvariantCulture, out var curve) && member.Bytes > 0)
            {
                curves.Add(curve);
                var name = member.Name[(slash + 1)..];
                longest[name] = Math.Max(longest.GetValueOrDefault(name), member.Bytes);
            }
        }

        var (columns, rows) = (head.Number($"{Pattern}.grid.ilength") ?? 0, head.Number($"{Pattern}.grid.jlength") ?? 0);
        var isGrid = columns is >= 1 and <= LargestSide && rows is >= 1 and <= LargestSide;
        if (curves.Count == 0 || !isGrid || columns * rows > FewPoints + (MostPointsPerCurve * curves.Count))
        {
            throw ProblemException.Unreadable(
                $"{file.Name} states a grid of {columns} x {rows} curves and holds {curves.Count}; "
                + $"sides of 1 to {LargestSide} are read, with at least one curve for {MostPointsPerCurve} points.");
        }

        var first = curves.Min();
        List<ISignal> signals = [];
        for (var segment = 0; segment < MostSegments && await zip.TakeAsync($"index/{first}/segments/{segment}/segment-header.properties", ct) is { } text; segment++)
        {
            var properties = JpkProperties.Parse(text);
            signals.AddRange(JpkSegment.Channels(properties).Select(channel => Signal(segment, channel, properties, (int)columns, (int)rows)).OfType<ISignal>());
        }

        return signals.Count > 0 ? signals
            : throw ProblemException.Unreadable($"{file.Name} holds {curves.Count} curves; the first of them, index/{first}, has no segment with a channel.");
    }

    private JpkMapSignal? Signal(int segment, string channel, JpkProperties properties, int columns, int rows)
    {
        var description = JpkChannel.Of(properties, shared, channel);
        var samples = longest.GetValueOrDefault($"segments/{segment}/{JpkSegment.DataName(properties, channel)}") / description.NumberBytes;
        if (samples == 0)
        {
            return null;
        }

        if (samples > int.MaxValue)
        {
            throw ProblemException.Unreadable($"Channel {channel} of segment {segment} states {samples} samples; up to {int.MaxValue} are read.");
        }

        Axis[] axes = [Side("y", rows, "vlength"), Side("x", columns, "ulength"), new Axis("sample", samples, "", AxisRole.Index)];
        var original = new JsonObject { ["header"] = head.Original, ["segment"] = properties.Original, ["shared"] = shared?.Original };
        var name = $"{JpkSegment.Name(segment, properties, shared)}, {channel}";
        var header = new SignalHeader(name, SignalKind.SpectrumImage, PixelType.Float64, axes, JpkSegment.Acquisition(properties), new MetadataTree(original))
        {
            ValueUnit = description.Unit,
        };
        var most = (64L << 20) + (2 * file.Bytes.Length);
        if (header.FrameBytes > most)
        {
            throw ProblemException.Unreadable(
                $"A row of {columns} curves of {samples} samples takes {header.FrameBytes} bytes; of a file of {file.Bytes.Length} bytes at most {most} are opened.");
        }

        var firstCurve = (long)(head.Number("force-scan-map.indexes.min") ?? 0);
        return new JpkMapSignal(header, zip, members, shared, new JpkMapPlace(segment, channel, firstCurve, head.Text($"{Pattern}.back-and-forth") == "true"));
    }

    /// <summary>Lengths of the grid are stated in metres.</summary>
    private Axis Side(string name, int size, string length) => head.Number($"{Pattern}.grid.{length}") is > 0 and var metres
        ? new Axis(name, size, "m", AxisRole.Space, metres / size)
        : new Axis(name, size, "", AxisRole.Space);
}
