using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Cli.Server;

/// <summary>The server's address and the token, kept for this user only; CRYOHUB_URL and CRYOHUB_TOKEN win.</summary>
public sealed record Credentials(Uri Url, string Token)
{
    private static string FilePath => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "cryohub", "credentials.json");

    public static Credentials Load()
    {
        var kept = File.Exists(FilePath) ? JsonNode.Parse(File.ReadAllText(FilePath)) : null;
        var url = Environment.GetEnvironmentVariable("CRYOHUB_URL") ?? (string?)kept?["url"];
        var token = Environment.GetEnvironmentVariable("CRYOHUB_TOKEN") ?? (string?)kept?["token"];
        return url is not null && token is not null
            ? new Credentials(Address(url), token)
            : throw new ServerRefusedException("No server is known: run `cryohub login URL`, or set CRYOHUB_URL and CRYOHUB_TOKEN.");
    }

    public static Uri Address(string url) =>
        Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw ProblemException.Invalid($"'{url}' is no address; expected one like https://cryohub.example.org.");

    public void Keep()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            if (File.Exists(FilePath))
            {
                File.SetUnixFileMode(FilePath, options.UnixCreateMode.Value);   // the create mode leaves an older file as it was
            }
        }

        using var writer = new StreamWriter(FilePath, options);
        writer.Write(new JsonObject { ["url"] = Url.ToString(), ["token"] = Token }.ToJsonString());
    }
}
