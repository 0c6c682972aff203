using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>Numbers, also as text and as fractions of whole numbers: <c>"324857/376000"</c>.</summary>
internal sealed class FractionConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDouble();
        }

        var parts = reader.GetString()!.Split('/');
        var numbers = parts.Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return numbers.Length == 2 ? numbers[0] / numbers[1] : numbers.Single();
    }

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
