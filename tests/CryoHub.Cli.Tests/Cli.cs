using System.Diagnostics;
using System.Text.Json.Nodes;
using CryoHub.TestKit;

namespace CryoHub.Cli.Tests;

/// <summary>Runs the real program.</summary>
public sealed record Cli(int ExitCode, string Output, string Errors)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public static Task<Cli> RunAsync(params string[] args) => StartAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "cryohub.dll"), .. args]);

    /// <summary>Another program as the witness: Debian's Python with mrcfile, tifffile and numpy.</summary>
    public static Task<Cli> PythonAsync(string script) => StartAsync("/usr/bin/python3", ["-W", "ignore", "-c", script]);

    /// <summary>Another zarr library as the witness: the viewer's zarrita, in Node.</summary>
    public static Task<Cli> ZarritaAsync(string folder) => StartAsync(
        "node", [Path.Combine(AppContext.BaseDirectory, "zarrita.mjs"), Path.Combine(SharedData.Root, "src", "CryoHub.Web", "node_modules"), folder]);

    private static async Task<Cli> StartAsync(string program, string[] args)
    {
        var ct = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new Cli(process.ExitCode, await output, await errors);
    }
}
