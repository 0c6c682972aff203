using System.Globalization;

namespace CryoHub.Formats.Jeol;

/// <summary>Days since 30 December 1899, as spreadsheets and Windows count them.</summary>
internal static class JeolMoment
{
    /// <summary>ISO 8601 to the second; <c>null</c> for what is no date.</summary>
    public static string? Iso(double? days) => days is > 0 and < 1_000_000
        ? new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddMilliseconds(Math.Round(days.Value * 864e5)).ToString("s", CultureInfo.InvariantCulture)
        : null;
}
