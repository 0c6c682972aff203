using System.Globalization;

namespace CryoHub.Formats.Tiff;

/// <summary>Dates as TIFF files and their dialects write them.</summary>
internal static class TiffMoment
{
    private static readonly string[] Patterns =
    [
        "yyyy:MM:dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd H:mm", "yyyy-MM-dd'T'HH:mm:ss", "MM/dd/yyyy hh:mm:ss tt", "MM/dd/yyyy h:mm:ss tt", "yyyy-MM-dd", "yyyy/MM/dd HH:mm:ss",
        "dd MMM yyyy HH:mm:ss",
    ];

    /// <summary>ISO 8601 without a time zone; <c>null</c> where the text is no known date.</summary>
    public static string? Iso(string? text) =>
        DateTime.TryParseExact(text?.Trim(), Patterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment.ToString("s", CultureInfo.InvariantCulture) : null;
}
