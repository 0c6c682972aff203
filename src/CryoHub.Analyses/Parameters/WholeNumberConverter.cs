using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryoHub.Analyses.Parameters;

/// <summary>To JSON Schema 2.0 is an integer; to the framework's own converter it is none.</summary>
internal sealed class WholeNumberConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => checked((int)reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
