using System.Globalization;
using System.Text.Json.Nodes;

namespace CryoHub.Web.Features.Analyses;

/// <summary>One property of a parameter schema, in the words a form needs.</summary>
public sealed class ParameterSpec(string name, JsonObject schema)
{
    // Bounds beyond this only say "a number"; nobody reads them.
    private const double Telling = 1e6;

    /// <summary>The key in JSON.</summary>
    public string Name => name;

    public string Title => Text("title") ?? name;

    public string? Help => Text("description");

    /// <summary>The unit of the schema, as it is converted; <see cref="UnitSign"/> is how it is written.</summary>
    public string Unit => Text("x-unit") ?? "";

    public string UnitSign => Unit == "deg" ? "°" : Unit;

    public bool IsAdvanced => Text("x-group") == "Advanced";

    public bool IsNullable => schema["type"] is JsonArray;

    /// <summary>The JSON type: number, integer, string, boolean, object, array.</summary>
    public string Type => (schema["type"] is JsonArray types ? types[0] : schema["type"])!.GetValue<string>();

    public JsonNode? Default => schema["default"];

    /// <summary>Schema of a list's entries.</summary>
    public JsonObject? Items => schema["items"]?.AsObject();

    public JsonObject Schema => schema;

    public bool IsChoice => schema["enum"] is not null;

    public IReadOnlyList<(string Key, string Title)> Choices =>
        [.. schema["enum"]!.AsArray().Zip(schema["x-enum-titles"]!.AsArray(), (key, title) => (key!.GetValue<string>(), title!.GetValue<string>()))];

    /// <summary>For instance "1 to 32".</summary>
    public string Range
    {
        get
        {
            var (low, high) = (Bound("minimum"), Bound("maximum"));
            return (Math.Abs(low) < Telling, Math.Abs(high) < Telling) switch
            {
                (true, true) => $"{Written(low)} to {Written(high)}",
                (true, false) => $"from {Written(low)}",
                _ => "",
            };
        }
    }

    /// <summary>The properties of an object schema in order of declaration.</summary>
    public static IReadOnlyList<ParameterSpec> Of(JsonObject schema) => [.. schema["properties"]!.AsObject().Select(pair => new ParameterSpec(pair.Key, pair.Value!.AsObject()))];

    /// <summary>An entry with its defaults; what has none is left empty for a person to fill.</summary>
    public static JsonObject Blank(JsonObject schema) => new(Of(schema).Select(spec => KeyValuePair.Create(spec.Name, spec.Default?.DeepClone())));

    private double Bound(string key) => (schema[key] ?? Items?[key]) is { } bound ? double.Parse(bound.ToJsonString(), CultureInfo.InvariantCulture) : double.PositiveInfinity;

    private static string Written(double bound) => bound.ToString("#,0.######", CultureInfo.InvariantCulture).Replace('-', '−');

    private string? Text(string key) => schema[key]?.GetValue<string>();
}
