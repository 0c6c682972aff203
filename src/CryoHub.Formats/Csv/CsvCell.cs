namespace CryoHub.Formats.Csv;

/// <summary>Text from a file as a cell that a spreadsheet shows as it is.</summary>
internal static class CsvCell
{
    private const int LongestCell = 32_767;   // what a spreadsheet's cell holds

    /// <summary>A beginning that would make it a formula gets an apostrophe; control and direction characters become a mark; commas and quotes are quoted (RFC 4180).</summary>
    public static string Of(string text)
    {
        var cut = text.Length > LongestCell ? text[..LongestCell] : text;
        var plain = new string([.. cut.Select(c => c is '\t' or '\n' or '\r' ? ' ' : char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '\uFFFD' : c)]);
        var safe = plain.AsSpan().TrimStart() is ['=' or '+' or '-' or '@', ..] ? $"'{plain}" : plain;
        return safe.AsSpan().IndexOfAny(',', '"') < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
