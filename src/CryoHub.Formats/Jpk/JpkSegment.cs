using System.Globalization;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jpk;

/// <summary>What the head of a segment (approach, pause, retract ...) says.</summary>
internal static class JpkSegment
{
    public static string[] Channels(JpkProperties properties) =>
        (properties.Text("channels.list") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Where a channel's numbers are, below the segment's folder.</summary>
    public static string DataName(JpkProperties properties, string channel) => properties.Text($"channel.{channel}.data.file.name") ?? $"channels/{channel}.dat";

    /// <summary>Its number and, where it is stated here or in the data shared by all curves, its style: extend, pause, retract.</summary>
    public static string Name(int segment, JpkProperties properties, JpkProperties? shared)
    {
        var style = properties.Text("force-segment-header.settings.segment-settings.style") ?? properties.Text("force-segment-header.settings.style");
        if (style is null && shared is not null && properties.Text("force-segment-header.force-segment-header-info.*") is { } number)
        {
            var info = $"force-segment-header-info.{number}.settings";
            style = shared.Text($"{info}.segment-settings.style") ?? shared.Text($"{info}.style");
        }

        return $"segment {segment} {style}".Trim();
    }

    public static AcquisitionMetadata Acquisition(JpkProperties properties) =>
        new() { AcquiredAt = Moment(properties.Text("force-segment-header.time-stamp")), ExposureS = properties.Number("force-segment-header.duration") };

    /// <summary>Written as 2016-03-31 17:51:14.543 +0200.</summary>
    private static string? Moment(string? text) =>
        text?.Length >= 19 && DateTime.TryParseExact(text[..19], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToString("s", CultureInfo.InvariantCulture) : null;
}
