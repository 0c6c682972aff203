using System.CommandLine;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Cli.Results;
using CryoHub.Imaging;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub run</c>: an analysis on files, without a server.</summary>
public static class RunCommand
{
    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "The analysis, as cryohub analyses lists it." };
        var inputs = new Option<string[]>("--input") { Description = "[ROLE=]FILE[#N]: a file and, where it holds several, which signal.", Required = true };
        var settings = new Option<string[]>("--set") { Description = "name=value of a parameter; cryohub analyses KEY lists them." };
        var output = new Option<string>("--out") { Description = "Folder for the results: new or empty.", Required = true };
        var threads = new Option<int>("--threads") { Description = "Threads to use; all by default.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("run", "Runs an analysis on files.") { key, inputs, settings, output, threads };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetRequiredValue(key), parsed.GetRequiredValue(inputs), parsed.GetValue(settings) ?? [], parsed.GetRequiredValue(output), parsed.GetValue(threads), ct));
        return command;
    }

    private static async Task<int> RunAsync(string key, string[] inputs, string[] settings, string output, int threads, CancellationToken ct)
    {
        if (AnalysisCatalog.Find(key) is not { } analysis || threads < 1)
        {
            await Console.Error.WriteLineAsync(threads < 1 ? $"--threads must be at least 1, found {threads}." : AnalysesCommand.Unknown(key));
            return ExitCode.WrongUsage;
        }

        if (Path.Exists(output) && (!Directory.Exists(output) || Directory.EnumerateFileSystemEntries(output).Any()))
        {
            await Console.Error.WriteLineAsync($"--out must be a new or an empty folder; {output} is not.");
            return ExitCode.WrongUsage;
        }

        var parameters = ParameterReader.FromText(analysis.Info.Parameters, settings);
        await using var opened = await RunInputs.OpenAsync(analysis.Info, inputs, ct);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        var draft = $"{target}.{Guid.CreateVersion7():N}"; // nothing of a run is seen before it has succeeded
        Directory.CreateDirectory(draft);
        try
        {
            var results = new FolderResults(draft);
            var report = new RunReport(analysis.Info, parameters, opened);
            await analysis.RunAsync(new AnalysisRun(opened.Signals, parameters, new StepProgress(), results, CancellationToken.None) { Threads = threads }, ct);
            await report.WriteAsync(draft, results, ct);
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.Move(draft, target);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }

        return ExitCode.Done;
    }
}
