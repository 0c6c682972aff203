using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;

namespace CryoHub.EndToEnd.Processes;

/// <summary>Mateo Ruiz, who opens an account by the link in his mail and may draw in one project.</summary>
internal static partial class SecondPerson
{
    private const string Mail = "mateo@example.org", Password = "a password of his own";

    public static async Task<ApiClient> JoinAsync(LocalProcess site, string project)
    {
        var id = (string)(await site.Api.PostAsync("/api/users", new JsonObject { ["email"] = Mail, ["displayName"] = "Mateo Ruiz" }))["id"]!;
        var letters = await Task.WhenAll(Directory.GetFiles(Path.Combine(site.Data, "mail")).Select(file => File.ReadAllTextAsync(file)));
        var letter = letters.Single(text => text.Contains($"To: {Mail}", StringComparison.Ordinal));
        var code = Uri.UnescapeDataString(Code().Match(letter).Groups[1].Value);
        var mateo = new ApiClient(site.Api.Address);
        await mateo.PostAsync("/api/account/password", new JsonObject { ["email"] = Mail, ["code"] = code, ["password"] = Password });

        // The invitation has tests of its own; here he is simply let in.
        await using var connection = new NpgsqlConnection(site.Database);
        await connection.OpenAsync();
        await using var share = new NpgsqlCommand("insert into project_shares (id, project_id, user_id, role, created_at) values ($1, $2, $3, 2, now())", connection);
        foreach (var value in (Guid[])[Guid.CreateVersion7(), Guid.Parse(project), Guid.Parse(id)])
        {
            share.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await share.ExecuteNonQueryAsync();
        await mateo.SignInAsync(Mail, Password);
        return mateo;
    }

    [GeneratedRegex(@"code=(\S+)")]
    private static partial Regex Code();
}
