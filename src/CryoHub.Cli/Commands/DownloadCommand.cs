using System.CommandLine;
using System.Text.Json.Nodes;
using CryoHub.Cli.Server;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub download</c>: the original files of a data set, or the result of a job that read it, by name.</summary>
public static class DownloadCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("DATASET") { Description = "Id of the data set." };
        var original = new Option<bool>("--original") { Description = "The files as they were received (the default)." };
        var result = new Option<string?>("--result") { Description = "A file of a result, by its name, instead." };
        var output = new Option<string>("-o") { Required = true, Description = "A new file, or a folder where there are several." };
        var command = new Command("download", "Fetch originals or results.") { dataset, original, result, output };
        command.SetServerAction(async (parsed, client, ct) =>
        {
            var id = parsed.GetRequiredValue(dataset);
            var files = parsed.GetValue(result) is { } name ? await ResultFilesAsync(client, id, name, ct) : await OriginalsAsync(client, id, ct);
            var target = parsed.GetRequiredValue(output);
            var folder = files.Count > 1 || Directory.Exists(target);
            foreach (var (fileName, address) in files)
            {
                var path = folder ? Path.Combine(Directory.CreateDirectory(target).FullName, Path.GetFileName(fileName)) : target;
                await client.SaveAsync(address, path, ct);
                Console.WriteLine(path);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<(string Name, string Address)>> OriginalsAsync(HubClient client, string id, CancellationToken ct)
    {
        var dataset = await client.GetAsync($"api/datasets/{id}", ct);
        return [.. dataset["files"]!.AsArray().Select(file => ((string)file!["path"]!, $"api/datasets/{id}/files/{(string?)file["id"]}"))];
    }

    private static async Task<IReadOnlyList<(string Name, string Address)>> ResultFilesAsync(HubClient client, string id, string name, CancellationToken ct)
    {
        var results = await client.ListAsync($"api/results?datasetId={id}", ct);
        foreach (var row in results)
        {
            var result = await client.GetAsync($"api/results/{(string?)row["id"]}", ct);
            if (result["items"]!.AsArray().FirstOrDefault(item => (string?)item!["name"] == name) is { } item)
            {
                return [(name, $"api/results/{(string?)row["id"]}/items/{(int)item["index"]!}/file")];
            }
        }

        throw new ServerRefusedException($"None of the {results.Count} results of this data set has a file named '{name}'.");
    }
}
