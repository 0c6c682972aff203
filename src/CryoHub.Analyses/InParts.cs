using CryoHub.Imaging.Sources;

namespace CryoHub.Analyses;

/// <summary>Runs the parts of an analysis one after the other in this process, with a temporary file for each.</summary>
internal static class InParts
{
    private const double PartsShare = 0.8;

    public static Task RunAsync(IPartedAnalysis analysis, AnalysisRun run, int parts, CancellationToken ct) =>
        RunAsync(analysis, run, parts, (share, part, output) => analysis.RunPartAsync(share, part, parts, output, ct), ct);

    /// <summary>The same where a part needs to know more than its number.</summary>
    public static async Task RunAsync(IPartedAnalysis analysis, AnalysisRun run, int parts, Func<AnalysisRun, int, Stream, Task> runPart, CancellationToken ct)
    {
        var files = new List<FileStream>();
        try
        {
            for (var part = 0; part < parts; part++)
            {
                files.Add(Scratch.File());
                await runPart(run with { Progress = new Share(run.Progress, PartsShare * part / parts, PartsShare / parts) }, part, files[part]);
                await files[part].FlushAsync(ct);
            }

            await analysis.JoinAsync(run with { Progress = new Share(run.Progress, PartsShare, 1 - PartsShare) }, [.. files.Select(file => new FileByteSource(file.SafeFileHandle))], ct);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private sealed class Share(IProgress<Step> whole, double from, double share) : IProgress<Step>
    {
        public void Report(Step value) => whole.Report(value with { Fraction = from + (share * value.Fraction) });
    }
}
