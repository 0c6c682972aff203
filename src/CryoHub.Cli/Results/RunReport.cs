using System.Diagnostics;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Cli.Results;

/// <summary><c>result.json</c>: what was found, from what, with which software. The clock starts with the object.</summary>
public sealed class RunReport(AnalysisInfo info, object parameters, RunInputs inputs)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly long started = Stopwatch.GetTimestamp();

    public async Task WriteAsync(string folder, FolderResults results, CancellationToken ct)
    {
        using var process = Process.GetCurrentProcess();
        var document = new JsonObject
        {
            ["analysis"] = info.Key,
            ["version"] = info.Version,
            ["software"] = Software(),
            ["inputs"] = new JsonArray([.. inputs.Sources.Select(source => new JsonObject { ["role"] = source.Role, ["file"] = source.File, ["signal"] = source.Signal, ["sha256"] = source.Sha256 })]),
            ["parameters"] = ParameterReader.ToJson(parameters),
            ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3),
            ["peakMemoryMiB"] = process.PeakWorkingSet64 >> 20,
        };
        results.WriteTo(document);
        await File.WriteAllTextAsync(Path.Combine(folder, "result.json"), document.ToJsonString(Readable) + "\n", ct);
    }

    /// <summary>Version and, where the build knows it, the first seven digits of the commit.</summary>
    private static string Software()
    {
        var version = typeof(RunReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && version.Length > plus + 8 ? version[..(plus + 8)] : version;
    }
}
