using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CryoHub.EndToEnd.Processes;

/// <summary>A person who opens an account by the link in the mail, and reads the mail that follows.</summary>
internal sealed partial class Newcomer(string name)
{
    public string Mail { get; } = $"{name.ToLowerInvariant()}@example.org";

    public string Password { get; } = $"a password of {name}'s own";

    public async Task JoinAsync(Visitor administrator, LocalProcess site)
    {
        await administrator.PostAsync("api/users", new JsonObject { ["email"] = Mail, ["displayName"] = name });
        using var api = new ApiClient(site.Api.Address);
        await api.PostAsync("/api/account/password", new JsonObject { ["email"] = Mail, ["code"] = Code(await LetterAsync(site, "account/password")), ["password"] = Password });
    }

    /// <summary>The code in the one letter with a link to that page.</summary>
    public async Task<string> CodeAsync(LocalProcess site, string page) => Code(await LetterAsync(site, page));

    private Task<string> LetterAsync(LocalProcess site, string page) => Until.FoundAsync($"a letter to {Mail} about {page}", async () =>
    {
        var folder = Path.Combine(site.Data, "mail");
        var letters = Directory.Exists(folder) ? await Task.WhenAll(Directory.GetFiles(folder).Select(file => File.ReadAllTextAsync(file))) : [];
        return letters.SingleOrDefault(text => text.Contains($"To: {Mail}", StringComparison.Ordinal) && text.Contains(page, StringComparison.Ordinal));
    });

    private static string Code(string letter) => Uri.UnescapeDataString(CodeInLink().Match(letter).Groups[1].Value);

    [GeneratedRegex(@"code=([^\s&]+)")]
    private static partial Regex CodeInLink();
}
