using System.CommandLine;
using System.Text.Json.Nodes;
using CryoHub.Cli.Server;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub job</c>: how a job stands; waits for it or cancels it.</summary>
public static class JobCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "Id of the job." };
        var wait = new Option<bool>("--wait") { Description = "End when the job has." };
        var cancel = new Option<bool>("--cancel") { Description = "Cancel it." };
        var json = ServerCommand.Json();
        var command = new Command("job", "How a job stands.") { id, wait, cancel, json };
        command.SetServerAction(async (parsed, client, ct) =>
        {
            if (parsed.GetValue(cancel))
            {
                await client.PostAsync($"api/jobs/{parsed.GetRequiredValue(id)}/cancel", [], ct);
            }

            return await ReportAsync(client, parsed.GetRequiredValue(id), parsed.GetValue(wait), parsed.GetValue(json), ct);
        });
        return command;
    }

    /// <summary>Prints the job, when asked only after it has ended; a failed job ends with its reason.</summary>
    public static async Task<int> ReportAsync(HubClient client, string id, bool wait, bool json, CancellationToken ct)
    {
        var job = await FindAsync(client, id, ct);
        var bar = new ProgressBar((string?)job["title"] ?? id);
        while (wait && Status(job) is "queued" or "running" or "waiting")
        {
            await Task.Delay(Look, ct);
            job = await FindAsync(client, id, ct);
            bar.Report((double?)job["fraction"] ?? 0);
        }

        if (json)
        {
            JsonOutput.Write(job);
        }
        else
        {
            Console.WriteLine($"{id}  {Status(job)}  {(string?)job["step"]}".TrimEnd());
        }

        if (Status(job) == "failed")
        {
            await Console.Error.WriteLineAsync((string?)job["problem"]);
            return ExitCode.UnusableInput;
        }

        return ExitCode.Done;
    }

    /// <summary>The job's row with what its details add, in one object.</summary>
    private static async Task<JsonObject> FindAsync(HubClient client, string id, CancellationToken ct)
    {
        var details = (await client.GetAsync($"api/jobs/{id}", ct)).AsObject();
        var job = details["job"]!.DeepClone().AsObject();
        foreach (var (name, value) in details.Where(field => field.Key != "job"))
        {
            job[name] = value?.DeepClone();
        }

        return job;
    }

    private static string Status(JsonObject job) => ((string?)job["status"] ?? "").ToLowerInvariant();
}
