using System.CommandLine;
using System.Text.Json.Nodes;
using CryoHub.Cli.Server;

namespace CryoHub.Cli.Commands;

/// <summary>What the commands against a server share: the connection, project names, lists.</summary>
public static class ServerCommand
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON document on standard output." };

    /// <summary>An action with an open connection.</summary>
    public static void SetServerAction(this Command command, Func<ParseResult, HubClient, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, ct) =>
        {
            using var client = new HubClient(Credentials.Load());
            return await action(parsed, client, ct);
        });

    /// <summary>The id of a project given by id or by its full name.</summary>
    public static async Task<string> ProjectIdAsync(this HubClient client, string idOrName, CancellationToken ct)
    {
        if (Guid.TryParse(idOrName, out var id))
        {
            return id.ToString();
        }

        var projects = await client.ListAsync("api/projects", ct);
        var named = projects.Where(project => string.Equals((string?)project["name"], idOrName, StringComparison.OrdinalIgnoreCase)).ToArray();
        return named.Length == 1
            ? (string)named[0]["id"]!
            : throw new ServerRefusedException($"{named.Length} of your {projects.Count} projects are named '{idOrName}'; expected one. Give its id: cryohub projects");
    }

    /// <summary>Prints rows as JSON, or the named fields as aligned columns.</summary>
    public static void Print(this IReadOnlyList<JsonNode> rows, bool json, string name, params string[] fields)
    {
        if (json)
        {
            JsonOutput.Write(new JsonObject { [name] = new JsonArray([.. rows.Select(row => row.DeepClone())]) });
            return;
        }

        var cells = rows.Select(row => fields.Select(field => row[field]?.ToString() ?? "").ToArray()).Prepend(fields).ToArray();
        var widths = fields.Select((_, column) => cells.Max(row => row[column].Length)).ToArray();
        foreach (var row in cells)
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
