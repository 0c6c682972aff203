using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CryoHub.TestKit;

namespace CryoHub.EndToEnd;

/// <summary>CryoHub.Local as a person starts it: the real process on a free port and an empty folder.</summary>
public sealed partial class LocalSite : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private LocalSite(Process process, DirectoryInfo folder, Uri address, string password) =>
        (this.process, this.folder, Address, Password) = (process, folder, address, password);

    public const string Administrator = "admin@cryohub.local";

    public Uri Address { get; }

    public string Password { get; }

    /// <summary>Ready for visitors; with <paramref name="demo"/> after the demo lab has been made.</summary>
    public static async Task<LocalSite> StartAsync(bool demo, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("cryohub-local-");
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;   // where the tests run as root, the database server does not
        }

        var port = FreePort();
        var program = Path.Combine(SharedData.Root, "src", "CryoHub.Local", "bin", Configuration, "net10.0", "CryoHub.Local.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--data", folder.FullName, "--port", $"{port}", .. demo ? Array.Empty<string>() : ["--no-demo"]]) { RedirectStandardOutput = true })!;
        var password = "";
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (AdministratorLine().Match(line) is { Success: true } shown)
            {
                password = shown.Groups[1].Value;
            }

            if (line.StartsWith(demo ? "The demo lab is ready" : "CryoHub is at ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);   // a full pipe would stop the process
                return new LocalSite(process, folder, new Uri($"http://localhost:{port}"), password);
            }
        }

        await process.WaitForExitAsync(ct);
        throw new InvalidOperationException($"CryoHub.Local ended with {process.ExitCode} before it was ready.");
    }

    public async ValueTask DisposeAsync()
    {
        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"shown once:\s+\S+\s+(\S+)")]
    private static partial Regex AdministratorLine();
}
