using System.CommandLine;
using System.Text;
using CryoHub.Cli.Server;
using CryoHub.Imaging;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub login</c>: keeps the server's address and a token. The token is typed unseen or piped in, never an argument that the shell would remember.</summary>
public static class LoginCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = "The server's address." };
        var command = new Command("login", "Keep a server's address and your token.") { url };
        command.SetAction((parsed, ct) => RunAsync(Credentials.Address(parsed.GetRequiredValue(url)), ct));
        return command;
    }

    private static async Task<int> RunAsync(Uri url, CancellationToken ct)
    {
        var token = Console.IsInputRedirected ? (await Console.In.ReadLineAsync(ct) ?? "").Trim() : ReadUnseen();
        if (token.Length == 0)
        {
            throw ProblemException.Invalid("No token was given; make one on your account page and paste it here.");
        }

        var credentials = new Credentials(url, token);
        using var client = new HubClient(credentials);
        var me = await client.GetAsync("api/me", ct);
        credentials.Keep();
        Console.WriteLine($"Signed in to {url} as {(string?)me["displayName"]}.");
        return ExitCode.Done;
    }

    private static string ReadUnseen()
    {
        Console.Error.Write("Token: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                typed.Append(key.KeyChar);
            }
            else if (typed.Length > 0)
            {
                typed.Length--;
            }
        }

        Console.Error.WriteLine();
        return typed.ToString().Trim();
    }
}
