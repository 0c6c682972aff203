using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryoHub.Analyses.Parameters;

/// <summary>Compares JSON with a parameter record and says, field by field, what was expected and what was found.</summary>
internal sealed class ParameterCheck
{
    public List<ParameterProblem> Problems { get; } = [];

    public void Record(Type record, JsonObject json, string path)
    {
        var fields = ParameterField.Of(record);
        foreach (var name in json.Select(pair => pair.Key).Where(name => fields.All(field => field.Key != name)))
        {
            Add(path + name, $"there is no such parameter; there are {string.Join(", ", fields.Select(field => field.Key))}.");
        }

        foreach (var field in fields)
        {
            if (!json.TryGetPropertyValue(field.Key, out var node))
            {
                if (field.IsRequired)
                {
                    Add(path + field.Key, $"expected {Expected(field, field.Element ?? field.Type)}, found nothing.");
                }
            }
            else
            {
                Field(field, node, path + field.Key);
            }
        }
    }

    private void Field(ParameterField field, JsonNode? node, string path)
    {
        if (node is null && field.IsNullable)
        {
            return;
        }

        if (field.Element is not { } element)
        {
            Value(field, field.Type, node, path);
        }
        else if (node is not JsonArray items)
        {
            Add(path, $"expected a list, found {Found(node)}.");
        }
        else if (items.Count < field.MinimumLength)
        {
            Add(path, $"expected at least {field.MinimumLength} {(field.MinimumLength == 1 ? "entry" : "entries")}, found {items.Count}.");
        }
        else
        {
            for (var i = 0; i < items.Count; i++)
            {
                Value(field, element, items[i], $"{path}[{i}]");
            }
        }
    }

    private void Value(ParameterField field, Type type, JsonNode? node, string path)
    {
        if (ParameterField.IsRecord(type) && node is JsonObject inner)
        {
            Record(type, inner, path + ".");
        }
        else if (!Fits(field, type, node))
        {
            Add(path, $"expected {Expected(field, type)}, found {Found(node)}.");
        }
    }

    private static bool Fits(ParameterField field, Type type, JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => type == typeof(bool),
        JsonValueKind.Number => ParameterField.IsNumber(type) && InRange(field, type, node),
        JsonValueKind.String when type.IsEnum => Enum.GetNames(type).Any(name => ParameterJson.Key(name) == node.GetValue<string>()),
        JsonValueKind.String => type == typeof(string),
        _ => false,
    };

    private static bool InRange(ParameterField field, Type type, JsonNode node)
    {
        var value = double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);
        var whole = !ParameterField.IsInteger(type) || (value == Math.Floor(value) && Math.Abs(value) <= (type == typeof(int) ? int.MaxValue : 1L << 53));
        return double.IsFinite(value) && whole && (field.Range is not { } range || (value >= Bound(range.Minimum) && value <= Bound(range.Maximum)));
    }

    private static double Bound(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);

    private static string Expected(ParameterField field, Type type)
    {
        if (type.IsEnum)
        {
            return "one of " + string.Join(", ", Enum.GetNames(type).Select(ParameterJson.Key));
        }

        var noun = type == typeof(bool) ? "true or false" : type == typeof(string) ? "text" : ParameterField.IsInteger(type) ? "a whole number" : ParameterField.IsNumber(type) ? "a number" : "named values";
        var range = field.Range is { } bounds ? string.Create(CultureInfo.InvariantCulture, $" from {bounds.Minimum} to {bounds.Maximum}") : "";
        return ParameterField.IsNumber(type) ? $"{noun}{range}{(field.Unit is { } unit ? " " + unit : "")}" : noun;
    }

    private static string Found(JsonNode? node) => node is null ? "nothing" : node.ToJsonString() is { Length: > 60 } text ? text[..60] + "..." : node.ToJsonString();

    private void Add(string name, string message) => Problems.Add(new ParameterProblem(name, message));
}
