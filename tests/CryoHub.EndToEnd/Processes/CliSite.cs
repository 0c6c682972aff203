using System.Text.Json.Nodes;

namespace CryoHub.EndToEnd.Processes;

/// <summary>A site with one project, and the terminal of somebody who has logged in to it.</summary>
public sealed class CliSite : IAsyncLifetime
{
    private readonly LocalProcess site = new();

    public const string ProjectName = "Dendrites";

    internal ApiClient Api => site.Api;

    public string Project { get; private set; } = "";

    public DirectoryInfo Home { get; } = Directory.CreateTempSubdirectory("cryohub-home-");

    public async ValueTask InitializeAsync()
    {
        await site.StartAsync();
        await Api.SignInAsync(LocalProcess.Mail, site.Password);
        Project = await Api.NewProjectAsync(ProjectName);
        var scopes = new JsonArray("read", "upload", "run");
        var token = await Api.PostAsync("/api/me/tokens", new JsonObject { ["name"] = "terminal", ["scopes"] = scopes, ["days"] = 1 });
        (await RunAsync(["login", Api.Address.ToString()], (string)token["token"]! + "\n")).Require();
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        Home.Delete(recursive: true);
    }

    /// <summary>A file in the person's home.</summary>
    internal async Task<string> FileAsync(string name, byte[] bytes)
    {
        var path = Path.Combine(Home.FullName, name);
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }

    internal Task<Finished> RunAsync(IReadOnlyList<string> arguments, string input = "") =>
        Finished.RunAsync(Built.Cli, arguments, new Dictionary<string, string> { ["HOME"] = Home.FullName, ["XDG_CONFIG_HOME"] = "" }, input, Home.FullName);
}
