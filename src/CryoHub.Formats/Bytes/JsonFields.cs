using System.Globalization;
using System.Text.Json.Nodes;

namespace CryoHub.Formats.Bytes;

/// <summary>Reading back what was kept in a tree of original metadata.</summary>
internal static class JsonFields
{
    /// <summary>A finite number, also one written as text; <c>null</c> where there is none.</summary>
    public static double? Number(this JsonObject? fields, string name) =>
        fields?[name] is JsonValue leaf && double.TryParse(leaf.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A number above zero: many programs write zero for what they do not know.</summary>
    public static double? Positive(this JsonObject? fields, string name) => fields.Number(name) is > 0 and var number ? number : null;

    /// <summary>A text that is not empty.</summary>
    public static string? Text(this JsonObject? fields, string name) => fields?[name] is JsonValue leaf && leaf.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>An integer, 0 where there is none.</summary>
    public static long Integer(this JsonObject? fields, string name) => fields.Number(name) is { } number && Math.Abs(number) < 9e18 ? (long)number : 0;
}
