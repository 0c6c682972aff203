using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CryoHub.EndToEnd.Processes;

/// <summary>A person who opens an account by the link in the mail, and reads the mail that follows.</summary>
internal sealed partial class Newcomer(string name)
{
    public string Mail { get; } = $"{name.Split(' ')[0].ToLowerInvariant()}@example.org";

    public string Password { get; } = $"a password of {name}'s own";

    /// <summary>The person, signed in at the API. The site's own client has to be signed in as the administrator.</summary>
    public async Task<ApiClient> JoinAsync(LocalProcess site)
    {
        await site.Api.PostAsync("/api/users", new JsonObject { ["email"] = Mail, ["displayName"] = name });
        var api = new ApiClient(site.Api.Address);
        await api.PostAsync("/api/account/password", new JsonObject { ["email"] = Mail, ["code"] = await CodeAsync(site, "account/password"), ["password"] = Password });
        await api.SignInAsync(Mail, Password);
        return api;
    }

    /// <summary>The same, with a project shared by its owner and taken.</summary>
    public async Task<ApiClient> JoinAsync(LocalProcess site, string project, string role)
    {
        var api = await JoinAsync(site);
        await site.Api.PostAsync($"/api/projects/{project}/shares", new JsonObject { ["email"] = Mail, ["role"] = role });
        await api.PostAsync("/api/account/invitation", new JsonObject { ["code"] = await CodeAsync(site, "account/invitation") });
        return api;
    }

    /// <summary>The code in the one letter with a link to that page.</summary>
    public async Task<string> CodeAsync(LocalProcess site, string page)
    {
        var letter = await Until.FoundAsync($"a letter to {Mail} about {page}", async () =>
        {
            var folder = Path.Combine(site.Data, "mail");
            var letters = Directory.Exists(folder) ? await Task.WhenAll(Directory.GetFiles(folder).Select(file => File.ReadAllTextAsync(file))) : [];
            return letters.SingleOrDefault(text => text.Contains($"To: {Mail}", StringComparison.Ordinal) && text.Contains(page, StringComparison.Ordinal));
        });
        return Uri.UnescapeDataString(CodeInLink().Match(letter).Groups[1].Value);
    }

    [GeneratedRegex(@"code=([^\s&]+)")]
    private static partial Regex CodeInLink();
}
