using System.CommandLine;
using System.Text.Json.Nodes;
using CryoHub.Cli.Server;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;

namespace CryoHub.Cli.Commands;

/// <summary>
/// <c>cryohub upload</c>: files of one call may be companions (.mrc with .mdoc), a folder stands for all that lies in it, a folder of zarr is one data set; what was
/// broken off goes on where it stopped.
/// </summary>
public static class UploadCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private const int SmallAtOnce = 6;
    private const long OnePart = 8 << 20;

    private static readonly EnumerationOptions Here = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Files to send, and folders with all that lies in them, a folder of zarr as one data set; @LIST reads them from a file, one a line.",
        };
        var project = new Option<string>("--project") { Required = true, Description = "Id or name." };
        var sample = new Option<string?>("--sample") { Description = "Id of the sample." };
        var session = new Option<string?>("--session") { Description = "Id of the session." };
        var wait = new Option<bool>("--wait") { Description = "End when the data sets can be seen." };
        var json = ServerCommand.Json();
        var command = new Command("upload", "Send files into a project.") { files, project, sample, session, wait, json };
        command.SetServerAction(async (parsed, client, ct) =>
        {
            var sources = parsed.GetRequiredValue(files).SelectMany(Sources).ToList();
            var upload = await FileUpload.ToAsync(client, await client.ProjectIdAsync(parsed.GetRequiredValue(project), ct), ct);
            var kin = new FileKin(sources.Select(source => source.Name));
            var drop = Guid.CreateVersion7().ToString();
            UploadTarget Target(string name) => new(name, drop, kin.Of(name), parsed.GetValue(sample), parsed.GetValue(session));
            var datasets = new string[sources.Count];
            await SendSmallAsync([.. Enumerable.Range(0, sources.Count).Where(i => IsSmall(sources[i].Path))], async (i, ct) =>
                datasets[i] = await upload.SendAsync(sources[i].Path, Target(sources[i].Name), new Progress<double>(), ct), ct);
            for (var i = 0; i < sources.Count; i++)
            {
                if (datasets[i] is null)
                {
                    using var bar = new ProgressBar(sources[i].Name);
                    datasets[i] = await upload.SendAsync(sources[i].Path, Target(sources[i].Name), bar, ct);
                }
            }

            return await ReportAsync(client, [.. datasets.Distinct()], parsed.GetValue(wait), parsed.GetValue(json), ct);
        });
        return command;
    }

    /// <summary>A file of one part mostly waits for the server, so several wait together; larger ones have their parts for that.</summary>
    private static async Task SendSmallAsync(IReadOnlyList<int> small, Func<int, CancellationToken, Task> send, CancellationToken ct)
    {
        using var bar = new ProgressBar($"{small.Count} small files");
        var done = 0;
        var turns = new ParallelOptions { MaxDegreeOfParallelism = SmallAtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(small, turns, async (file, ct) =>
        {
            await send(file, ct);
            bar.Report((double)Interlocked.Increment(ref done) / small.Count);
        });
    }

    private static bool IsSmall(string path) => new FileInfo(path) is { Exists: true, Length: <= OnePart };

    /// <summary>
    /// A file under its own name; what lies in a folder under its way from there, in order, links to other folders not followed. A folder of zarr is one source.
    /// </summary>
    private static IEnumerable<(string Path, string Name)> Sources(string path)
    {
        if (File.Exists(path))
        {
            return [(path, Path.GetFileName(path))];
        }

        var folder = Directory.Exists(path) ? Path.GetFullPath(path) : throw ProblemException.Unreadable($"There is no file {path}.");
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) ?? folder;
        return Below(Path.TrimEndingDirectorySeparator(folder)).OrderBy(found => found.Path, StringComparer.Ordinal)
            .Select(found => (found.Path, Path.GetRelativePath(above, found.Name).Replace(Path.DirectorySeparatorChar, '/')));
    }

    private static IEnumerable<(string Path, string Name)> Below(string folder) => FolderArchive.Is(folder)
        ? [(folder, FolderArchive.NameOf(folder))]
        : Directory.EnumerateFiles(folder, "*", Here).Select(file => (file, file)).Concat(Directory.EnumerateDirectories(folder, "*", Here).SelectMany(Below));

    private static async Task<int> ReportAsync(HubClient client, string[] ids, bool wait, bool json, CancellationToken ct)
    {
        var code = ExitCode.Done;
        var rows = new List<JsonNode>();
        foreach (var id in ids)
        {
            var dataset = await client.GetAsync($"api/datasets/{id}", ct);
            while (wait && Status(dataset) is "receiving" or "received")
            {
                await Task.Delay(Look, ct);
                dataset = await client.GetAsync($"api/datasets/{id}", ct);
            }

            if (Status(dataset) is "unreadable" or "quarantined")
            {
                await Console.Error.WriteLineAsync($"{(string?)dataset["name"]}: {(string?)dataset["problem"]}");
                code = ExitCode.UnusableInput;
            }

            rows.Add(new JsonObject { ["id"] = id, ["name"] = (string?)dataset["name"], ["status"] = (string?)dataset["status"] });
        }

        if (json)
        {
            rows.Print(true, "datasets");
        }
        else
        {
            foreach (var id in ids)
            {
                Console.WriteLine(id);
            }
        }

        return code;
    }

    private static string Status(JsonNode dataset) => ((string?)dataset["status"] ?? "").ToLowerInvariant();
}
