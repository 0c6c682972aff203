using System.CommandLine;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub analyses</c>: what can be computed, and the parameters of each.</summary>
public static class AnalysesCommand
{
    public static Command Create()
    {
        var key = new Argument<string?>("KEY") { Arity = ArgumentArity.ZeroOrOne, Description = "One analysis, with its parameters." };
        var json = new Option<bool>("--json") { Description = "One JSON document on standard output." };
        var markdown = new Option<bool>("--markdown") { Description = "The page docs/analyses.md." };
        var command = new Command("analyses", "What can be computed.") { key, json, markdown };
        command.SetAction(parsed => parsed.GetValue(markdown) ? Page() : Run(parsed.GetValue(key), parsed.GetValue(json)));
        return command;
    }

    private static int Page()
    {
        Console.Write(AnalysesPage.Text());
        return ExitCode.Done;
    }

    private static int Run(string? key, bool json)
    {
        var found = AnalysisCatalog.Analyses.Select(analysis => analysis.Info).Where(info => key is null || info.Key == key).ToArray();
        if (found.Length == 0)
        {
            Console.Error.WriteLine(Unknown(key!));
            return ExitCode.WrongUsage;
        }

        if (json)
        {
            JsonOutput.Write(new JsonObject { ["analyses"] = new JsonArray([.. found.Select(Describe)]) });
            return ExitCode.Done;
        }

        foreach (var info in found)
        {
            Console.WriteLine($"{info.Key,-16} {info.Title}. {info.Summary}");
            if (key is not null)
            {
                Print(info);
            }
        }

        return ExitCode.Done;
    }

    /// <summary>What to say about a key that no analysis has.</summary>
    public static string Unknown(string key) => $"There is no analysis \"{key}\"; there are {string.Join(", ", AnalysisCatalog.Analyses.Select(analysis => analysis.Info.Key))}.";

    private static JsonObject Describe(AnalysisInfo info) => new()
    {
        ["key"] = info.Key,
        ["version"] = info.Version,
        ["title"] = info.Title,
        ["summary"] = info.Summary,
        ["inputs"] = new JsonArray([.. info.Inputs.Select(input => new JsonObject
        {
            ["role"] = input.Role,
            ["kinds"] = new JsonArray([.. input.Kinds.Select(kind => JsonValue.Create(kind.Key()))]),
            ["required"] = input.Required,
        })]),
        ["parameters"] = ParameterSchema.Of(info.Parameters),
        ["formula"] = Lines(info.Formula),
        ["limits"] = Lines(info.Limits),
        ["literature"] = Lines(info.Literature),
    };

    private static JsonArray Lines(IEnumerable<string> lines) => [.. lines.Select(line => JsonValue.Create(line))];

    private static void Print(AnalysisInfo info)
    {
        foreach (var input in info.Inputs)
        {
            Console.WriteLine($"  --input {input.Role}=FILE ({string.Join(", ", input.Kinds.Select(kind => kind.Key()))})");
        }

        foreach (var (name, schema) in ParameterSchema.Of(info.Parameters)["properties"]!.AsObject())
        {
            var unit = (string?)schema!["x-unit"] is { } symbol ? $" in {symbol}" : "";
            var choices = schema["enum"] is JsonArray keys ? $" ({string.Join(", ", keys.Select(choice => (string)choice!))})" : "";
            Console.WriteLine($"  --set {name}={schema["default"]?.ToJsonString()}{unit}{choices}  {(string?)schema["description"] ?? (string?)schema["title"]}");
        }

        foreach (var line in info.Formula.Concat(info.Limits).Concat(info.Literature))
        {
            Console.WriteLine($"  {line}");
        }
    }
}
