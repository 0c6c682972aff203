using System.CommandLine;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Cli.Server;
using CryoHub.Imaging;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub submit</c>: an analysis as a job on the server.</summary>
public static class SubmitCommand
{
    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "The analysis; see cryohub analyses." };
        var inputs = new Option<string[]>("--input") { Required = true, Description = "[ROLE=]DATASET[#N]" };
        var settings = new Option<string[]>("--set") { Description = "name=value", DefaultValueFactory = _ => [] };
        var wait = new Option<bool>("--wait") { Description = "End when the job has." };
        var json = ServerCommand.Json();
        var command = new Command("submit", "Run an analysis on the server.") { key, inputs, settings, wait, json };
        command.SetServerAction(async (parsed, client, ct) =>
        {
            var analysis = AnalysisCatalog.Find(parsed.GetRequiredValue(key))
                ?? throw ProblemException.Invalid($"There is no analysis '{parsed.GetRequiredValue(key)}'. There are: {string.Join(", ", AnalysisCatalog.Analyses.Select(a => a.Info.Key))}.");
            var references = parsed.GetRequiredValue(inputs).Select(text => DatasetReference.Parse(text, analysis.Info)).ToArray();
            var dataset = await client.GetAsync($"api/datasets/{references[0].DatasetId}", ct);
            var parameters = ParameterReader.FromText(analysis.Info.Parameters, parsed.GetValue(settings)!);
            var job = await client.PostAsync(
                "api/jobs",
                new JsonObject
                {
                    ["projectId"] = (string?)dataset["projectId"],
                    ["analysis"] = analysis.Info.Key,
                    ["inputs"] = new JsonArray([.. references.Select(reference => reference.ToJson())]),
                    ["parameters"] = ParameterReader.ToJson(parameters),
                },
                ct);
            return await JobCommand.ReportAsync(client, (string)job["job"]!["id"]!, parsed.GetValue(wait), parsed.GetValue(json), ct);
        });
        return command;
    }
}
