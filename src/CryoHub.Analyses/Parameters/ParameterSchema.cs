using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryoHub.Analyses.Parameters;

/// <summary>
/// The JSON Schema (2020-12) of a parameter record: title, description, default, minimum and maximum of every field, <c>x-unit</c>, <c>x-group</c>
/// ("Advanced" for rare ones) and <c>x-enum-titles</c>. Forms, API and command line are drawn from it.
/// </summary>
public static class ParameterSchema
{
    /// <summary>The schema of <paramref name="record"/>, whose properties are public, settable and have defaults.</summary>
    public static JsonObject Of(Type record)
    {
        var schema = Record(record);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    private static JsonObject Record(Type record)
    {
        var defaults = Activator.CreateInstance(record)!;
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in ParameterField.Of(record))
        {
            properties[field.Key] = Property(field, field.ValueIn(defaults));
            if (field.IsRequired)
            {
                required.Add(field.Key);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private static JsonObject Property(ParameterField field, object? value)
    {
        var schema = field.Element is { } element ? new JsonObject { ["type"] = "array", ["items"] = Value(element) } : Value(field.Type);
        if (field.IsNullable)
        {
            schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        }

        if (field.Element is not null && field.MinimumLength > 0)
        {
            schema["minItems"] = field.MinimumLength;
        }

        var numbers = field.Element is null ? schema : schema["items"]!.AsObject();
        if (field.Range is { } range)
        {
            numbers["minimum"] = Bound(range.Minimum);
            numbers["maximum"] = Bound(range.Maximum);
        }

        schema["title"] = field.Display?.GetName() ?? field.Key;
        Set(schema, "description", field.Display?.GetDescription());
        Set(schema, "x-unit", field.Unit);
        Set(schema, "x-group", field.Display?.GetGroupName());
        if (!field.IsRequired)
        {
            schema["default"] = JsonSerializer.SerializeToNode(value, ParameterJson.Options);
        }

        return schema;
    }

    private static JsonObject Value(Type type) => type switch
    {
        _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
        _ when type == typeof(string) => new JsonObject { ["type"] = "string" },
        _ when ParameterField.IsInteger(type) => new JsonObject { ["type"] = "integer" },
        _ when ParameterField.IsNumber(type) => new JsonObject { ["type"] = "number" },
        _ when type.IsEnum => Enumeration(type),
        _ when ParameterField.IsRecord(type) => Record(type),
        _ => throw new NotSupportedException($"A parameter cannot be of type {type}."),
    };

    private static JsonObject Enumeration(Type type)
    {
        var names = Enum.GetNames(type);
        return new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(ParameterJson.Key(name)))]),
            ["x-enum-titles"] = new JsonArray([.. names.Select(name => JsonValue.Create(type.GetField(name)!.GetCustomAttribute<DisplayAttribute>()?.GetName() ?? name))]),
        };
    }

    private static JsonNode Bound(object bound) => JsonSerializer.SerializeToNode(bound)!;

    private static void Set(JsonObject schema, string key, string? text)
    {
        if (text is not null)
        {
            schema[key] = text;
        }
    }
}
