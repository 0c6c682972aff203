using System.Text.Json;

namespace CryoHub.Imaging.Shapes.Files;

/// <summary>Members of JSON objects that may be absent or of another kind.</summary>
internal static class JsonRead
{
    public static JsonElement? Member(this JsonElement element, string key) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) ? value : null;

    public static string Text(this JsonElement element, string key) => element.Member(key) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    public static long? Whole(this JsonElement element, string key) => element.Member(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static double? Number(this JsonElement element, string key) => element.Member(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : null;

    /// <summary>The elements of a list; none where it is absent.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string key) => element.Member(key) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>A list of numbers, or <c>null</c> where it is none.</summary>
    public static double[]? Numbers(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var numbers = new double[element.GetArrayLength()];
        var i = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetDouble(out numbers[i++]))
            {
                return null;
            }
        }

        return numbers;
    }
}
