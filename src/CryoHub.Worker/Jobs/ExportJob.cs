using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Formats;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>Writes one ingested signal as a file of another format. Writers go back to their headers, so the file is made on disk and then stored.</summary>
internal sealed class ExportJob(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, SignalDisk disk, TimeProvider clock) : IJobHandler
{
    private const double WriteShare = 0.9;

    public string Kind => JobKinds.Export;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var job = run.Job;
        var format = (string?)JsonNode.Parse(job.Parameters)?["format"] ?? "";
        var writer = FormatCatalog.Writers.FirstOrDefault(known => known.Extension == format)
            ?? throw ProblemException.Invalid($"This version of the software writes no {format} files.");
        var mine = await ResultPrefix.BeginAsync(store, job, ct);
        var sink = new StoreSink(store, disk, mine);
        var started = clock.GetTimestamp();
        var isPublishing = false;
        try
        {
            await using var file = Scratch.File(bufferSize: 1 << 16);
            using (var inputs = await JobSignals.OpenAsync(dbs, disk, job.Id, ct))
            {
                var signal = new WatchedSignal(inputs.ByRole[Exports.Role], new PartProgress(run.Progress, 0, WriteShare, $"writing {format}"));
                if (await writer.WriteAsync(signal, file, ct) is { } lost)
                {
                    sink.Warn(lost);
                }
            }

            file.Position = 0;
            run.Progress.Report(new Step(WriteShare, "storing the file"));
            await sink.FileAsync(await NameAsync(job.Id, format, ct), "application/octet-stream", file, ct);
            isPublishing = true;
            await run.SucceedAsync($"{file.Length} bytes", db => sink.PublishAsync(db, job, clock.GetElapsedTime(started), clock.GetUtcNow()), ct);
        }
        catch (Exception end) when (!isPublishing || end is LeaseLostException or ProblemException)
        {
            await store.DeleteAsync(mine, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The data set's name with the new ending; a signal that is one of several adds its own.</summary>
    private async Task<string> NameAsync(Guid jobId, string format, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var of = await db.JobInputs.Where(i => i.JobId == jobId)
            .Select(i => new { i.Dataset.Name, i.Dataset.Signals.Count, Signal = i.Dataset.Signals.Where(s => s.Index == i.SignalIndex).Select(s => s.Name).First() }).SingleAsync(ct);
        var name = of.Count > 1 ? $"{Path.GetFileNameWithoutExtension(of.Name)} {of.Signal}" : Path.GetFileNameWithoutExtension(of.Name);
        var safe = string.Concat(name.Select(letter => char.IsControl(letter) || "/\\:*?\"<>|".Contains(letter) ? '_' : letter)).Trim();
        return $"{safe[..Math.Min(safe.Length, 180)]}{format}";
    }
}
