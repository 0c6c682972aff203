using System.CommandLine;

namespace CryoHub.Cli.Commands;

/// <summary><c>whoami</c>, <c>projects</c>, <c>samples</c> and <c>datasets</c>: what the server shows this user.</summary>
public static class ListCommands
{
    public static IEnumerable<Command> Create() => [Whoami(), Projects(), Samples(), Datasets()];

    private static Command Whoami()
    {
        var json = ServerCommand.Json();
        var command = new Command("whoami", "Who the server takes you for.") { json };
        command.SetServerAction(async (parsed, client, ct) =>
        {
            var me = (await client.GetAsync("api/me", ct)).AsObject();
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(me);
            }
            else
            {
                Console.WriteLine($"{(string?)me["displayName"]} <{(string?)me["email"]}>");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Projects()
    {
        var json = ServerCommand.Json();
        var command = new Command("projects", "Your projects.") { json };
        command.SetServerAction(async (parsed, client, ct) =>
        {
            (await client.ListAsync("api/projects", ct)).Print(parsed.GetValue(json), "projects", "id", "name", "labName", "role");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Samples()
    {
        var project = new Argument<string>("PROJECT") { Description = "Id or name." };
        var json = ServerCommand.Json();
        var command = new Command("samples", "A project's samples.") { project, json };
        command.SetServerAction(async (parsed, client, ct) =>
        {
            var id = await client.ProjectIdAsync(parsed.GetRequiredValue(project), ct);
            (await client.ListAsync($"api/projects/{id}/samples", ct)).Print(parsed.GetValue(json), "samples", "id", "name", "kind", "metal");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Datasets()
    {
        var project = new Argument<string>("PROJECT") { Description = "Id or name." };
        var query = new Option<string?>("--query") { Description = "Words of names, notes and file metadata." };
        var json = ServerCommand.Json();
        var command = new Command("datasets", "A project's data sets.") { project, query, json };
        command.SetServerAction(async (parsed, client, ct) =>
        {
            var id = await client.ProjectIdAsync(parsed.GetRequiredValue(project), ct);
            var words = parsed.GetValue(query) is { } text ? $"&text={Uri.EscapeDataString(text)}" : "";
            (await client.ListAsync($"api/datasets?projectId={id}{words}", ct)).Print(parsed.GetValue(json), "datasets", "id", "name", "kind", "status", "sizeBytes");
            return ExitCode.Done;
        });
        return command;
    }
}
