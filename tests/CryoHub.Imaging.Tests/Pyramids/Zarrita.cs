using System.Diagnostics;
using System.Text.Json;

namespace CryoHub.Imaging.Tests.Pyramids;

/// <summary>The viewer's own zarr library, run under node as a second opinion on what was written.</summary>
internal static class Zarrita
{
    private static readonly string Folder = Path.Combine(TestKit.SharedData.Root, "tests", "CryoHub.Imaging.Tests", "node");

    private static readonly Lazy<Task> Installed = new(() => Directory.Exists(Path.Combine(Folder, "node_modules", "zarrita"))
        ? Task.CompletedTask
        : RunAsync("npm", ["ci", "--no-audit", "--no-fund"]));

    public static async Task<IReadOnlyList<Seen>> ReadAsync(string root, params string[] arrays)
    {
        await Installed.Value;
        var lines = await RunAsync("node", ["read.js", root, .. arrays]);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Seen>(line, JsonSerializerOptions.Web)!)];
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
        return output;
    }

    internal sealed record Seen(string Path, long[] Shape, string Dtype, string[] DimensionNames, string Sha256);
}
