using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryoHub.Analyses.Parameters;

/// <summary>How parameter records look in JSON: camel case names, kebab-case enum keys.</summary>
internal static class ParameterJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new WholeNumberConverter() },
    };

    /// <summary>The key of an enum value, for instance <c>power-law</c>.</summary>
    public static string Key(string enumName) => JsonNamingPolicy.KebabCaseLower.ConvertName(enumName);
}
