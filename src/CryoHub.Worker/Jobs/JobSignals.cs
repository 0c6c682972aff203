using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>The ingested inputs of a job, open for reading: level 0 of their zarr groups, never an original.</summary>
internal sealed class JobSignals : IDisposable
{
    private readonly List<SignalGroup> groups = [];

    private JobSignals()
    {
    }

    public Dictionary<string, ISignal> ByRole { get; } = [];

    public static async Task<JobSignals> OpenAsync(IDbContextFactory<CryoHubDb> dbs, SignalDisk disk, Guid jobId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var inputs = await db.JobInputs.AsNoTracking().Where(i => i.JobId == jobId)
            .Select(i => new { i.Role, i.DatasetId, i.SignalIndex, Signal = db.Signals.FirstOrDefault(s => s.DatasetId == i.DatasetId && s.Index == i.SignalIndex) }).ToListAsync(ct);
        var signals = new JobSignals();
        foreach (var input in inputs)
        {
            var row = input.Signal ?? throw ProblemException.Invalid($"Input \"{input.Role}\": there is no signal {input.SignalIndex} of data set {input.DatasetId}.");
            var group = disk.Read(row.ZarrPrefix);
            signals.groups.Add(group);
            signals.ByRole[input.Role] = await ZarrSignal.OpenAsync(group, SignalJson.Header(row), ct);
        }

        return signals;
    }

    public void Dispose() => groups.ForEach(group => group.Dispose());
}
