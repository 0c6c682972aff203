using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Parameters;

/// <summary>Turns the command line's <c>name=value</c> pairs into JSON; whether the values fit is checked afterwards.</summary>
internal static class ParameterText
{
    public static JsonObject ToJson(Type record, IEnumerable<string> pairs)
    {
        var json = new JsonObject();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw ProblemException.Invalid($"Expected name=value, found \"{pair}\".");
            }

            Set(record, json, pair[..equals].Trim(), pair[(equals + 1)..].Trim());
        }

        return json;
    }

    private static void Set(Type record, JsonObject json, string name, string text)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var key = dot < 0 ? name : name[..dot];
        var field = ParameterField.Of(record).FirstOrDefault(field => field.Key == key);
        if (dot > 0 && field is { Element: null } && ParameterField.IsRecord(field.Type))
        {
            if (json[key] is not JsonObject inner)
            {
                json[key] = inner = [];
            }

            Set(field.Type, inner, name[(dot + 1)..], text);
        }
        else
        {
            json[name] = field is null ? text : Field(field, text);
        }
    }

    private static JsonNode? Field(ParameterField field, string text)
    {
        if (text.StartsWith('[') || text.StartsWith('{'))
        {
            return Parse(text);
        }

        if (text.Length == 0)
        {
            return field.Element is not null ? new JsonArray() : field.Type == typeof(string) && !field.IsNullable ? "" : null;
        }

        return field.Element is { } element
            ? new JsonArray([.. text.Split(',', StringSplitOptions.TrimEntries).Select(item => Value(element, item))])
            : Value(field.Type, text);
    }

    private static JsonNode Value(Type type, string text)
    {
        if (ParameterField.IsNumber(type) && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number == Math.Floor(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((long)number) : JsonValue.Create(number);
        }

        if (type == typeof(bool) && bool.TryParse(text, out var yes))
        {
            return yes;
        }

        return ParameterField.IsRecord(type) ? Entry(type, text) : text;
    }

    private static JsonObject Entry(Type record, string text)
    {
        var entry = new JsonObject();
        var parts = text.Split(':', StringSplitOptions.TrimEntries);
        var fields = ParameterField.Of(record);
        if (parts.Length > fields.Count)
        {
            throw ProblemException.Invalid($"Expected at most {fields.Count} fields ({string.Join(":", fields.Select(field => field.Key))}), found {parts.Length} in \"{text}\".");
        }

        foreach (var (field, part) in fields.Zip(parts).Where(pair => pair.Second.Length > 0))
        {
            entry[field.Key] = Field(field, part);
        }

        return entry;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw ProblemException.Invalid($"Expected JSON, found \"{text}\": {e.Message}");
        }
    }
}
