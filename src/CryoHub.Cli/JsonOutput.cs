using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryoHub.Cli;

/// <summary>One JSON document on standard output and nothing else.</summary>
public static class JsonOutput
{
    // Trees are built by hand: no reflection, so the process starts fast.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(JsonObject document)
    {
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, Readable))
        {
            document.WriteTo(writer);
        }

        output.Write("\n"u8);
    }
}
