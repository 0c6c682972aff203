using CryoHub.Analyses;
using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker.Jobs;

/// <summary>Runs one part of an analysis and leaves it below the parent's prefix, as one object that is whole or absent.</summary>
internal sealed class AnalysisPartJob(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, SignalDisk disk, IReadOnlyList<IAnalysis> analyses, IOptions<JobOptions> options) : IJobHandler
{
    public string Kind => JobKinds.AnalysisPart;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var job = run.Job;
        var (parent, part) = (job.ParentId!.Value, job.Part!.Value);
        var planned = PlannedAnalysis.Of(job, analyses);
        await using (var output = Scratch.File())
        {
            using (var inputs = await JobSignals.OpenAsync(dbs, disk, parent, ct))
            {
                var nothing = new StoreSink(store, disk, PlannedAnalysis.PartsOf(parent));
                await ((IPartedAnalysis)planned.Analysis).RunPartAsync(planned.Run(inputs, run, nothing, options.Value), part, job.Parts!.Value, output, ct);
            }

            output.Position = 0;
            await store.PutAsync(PlannedAnalysis.PartOf(parent, part), output, ct);
        }

        await run.SucceedAsync("", _ => Task.CompletedTask, ct);
    }
}
