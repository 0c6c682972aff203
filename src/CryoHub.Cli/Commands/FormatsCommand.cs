using System.CommandLine;
using System.Text.Json.Nodes;
using CryoHub.Formats;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub formats</c>: what can be read and written.</summary>
public static class FormatsCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON document on standard output." };
        var markdown = new Option<bool>("--markdown") { Description = "The page docs/formats.md." };
        var command = new Command("formats", "What can be read and written.") { json, markdown };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(Document());
            }
            else if (parsed.GetValue(markdown))
            {
                Console.Write(FormatsPage.Text(Written()));
            }
            else
            {
                Print();
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Document() => new()
    {
        ["formats"] = new JsonArray([.. FormatCatalog.Formats.Select(format => new JsonObject
        {
            ["key"] = format.Key,
            ["title"] = format.Title,
            ["extensions"] = new JsonArray([.. format.Extensions.Select(extension => JsonValue.Create(extension))]),
            ["reads"] = format.Reads,
            ["notRead"] = format.NotRead,
            ["specification"] = format.Specification,
        })]),
        ["writes"] = new JsonArray([.. Written().Select(writer => new JsonObject { ["extension"] = writer.Extension, ["writes"] = writer.Writes })]),
    };

    private static void Print()
    {
        foreach (var format in FormatCatalog.Formats)
        {
            Console.WriteLine($"{format.Key,-22} {format.Title} ({string.Join(' ', format.Extensions)})");
            Console.WriteLine($"{"",-22} reads {format.Reads}{(format.NotRead.Length > 0 ? $"; not: {format.NotRead}" : "")}");
        }

        Console.WriteLine("\nconvert writes");
        foreach (var (extension, writes) in Written())
        {
            Console.WriteLine($"{extension,-22} {writes}");
        }
    }

    private static IEnumerable<(string Extension, string Writes)> Written() =>
        FormatCatalog.Writers.Select(writer => (writer.Extension, writer.Writes)).Append((ZarrOutput.Ending, ZarrOutput.Writes));
}
