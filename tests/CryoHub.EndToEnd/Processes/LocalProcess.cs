using System.Text.RegularExpressions;

namespace CryoHub.EndToEnd.Processes;

/// <summary>CryoHub.Local as a person starts it, in an empty folder and on a free port; it can be killed and started again.</summary>
internal sealed partial class LocalProcess : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cryohub-local-");
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly int port = Ports.Free();
    private RunningProgram? program;

    private readonly bool demo;

    /// <param name="environment">Settings.</param>
    /// <param name="demo">With the demo lab, which <see cref="StartAsync"/> then waits for.</param>
    public LocalProcess(IReadOnlyDictionary<string, string>? environment = null, bool demo = false)
    {
        this.demo = demo;
        this.environment = new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["TMPDIR"] = Temporary };
        Directory.CreateDirectory(Temporary);
        // The database runs as an unprivileged user where the test is root, and has to get to its folder.
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        Api = new ApiClient(new Uri($"http://localhost:{port}"));
    }

    public ApiClient Api { get; }

    /// <summary>Its temporary files, and nobody else's.</summary>
    public string Temporary => Path.Combine(folder.FullName, "tmp");

    public string Data => Path.Combine(folder.FullName, "data");

    /// <summary>Of the role that owns the tables; the server is reached through a socket in its folder.</summary>
    public string Database => $"Host={Path.Combine(Data, "database", "socket")};Username=cryohub_owner;Database=cryohub;Pooling=false";

    /// <summary>What web and worker have used of the processors so far, without the database.</summary>
    public TimeSpan ProcessorTime => program!.ProcessorTime;

    /// <summary>The administrator's password, which the first start says once.</summary>
    public string Password { get; private set; } = "";

    public static string Mail => "admin@cryohub.local";

    public async Task StartAsync()
    {
        program = RunningProgram.Start(Built.Local, [.. demo ? Array.Empty<string>() : ["--no-demo"], "--data", Data, "--port", $"{port}"], environment);
        await Until.TrueAsync("CryoHub.Local to be ready", async () => program.HasExited
            ? throw new InvalidOperationException($"CryoHub.Local ended: {program.Said}")
            : await Api.IsReadyAsync());
        if (demo)
        {
            await Until.TrueAsync("the demo lab", () => Task.FromResult(program.Said.Contains("The demo lab is ready", StringComparison.Ordinal)), TimeSpan.FromMinutes(5));
        }

        if (FirstPassword().Match(program.Said) is { Success: true } said)
        {
            Password = said.Groups[1].Value;
        }
    }

    /// <summary>A crash; the database server lives on, as it would.</summary>
    public Task KillAsync() => program!.KillAsync();

    public Task<int> StopAsync() => program!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (program is { HasExited: false })
        {
            await program.StopAsync();
        }
        else if (program is not null)
        {
            await Finished.RunAsync("/bin/sh", [Path.Combine(Path.GetDirectoryName(Built.Local)!, "postgres.sh"), "stop", Path.Combine(Data, "database")]);
        }

        folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"shown once:\s+\S+\s+(\S+)")]
    private static partial Regex FirstPassword();
}
