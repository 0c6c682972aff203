using System.Text.RegularExpressions;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Limits;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Ledgers;

/// <summary>Whether an image, or what was calculated from images, shows a specimen that the beam had already changed.</summary>
public sealed class DoseBook(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>Of the acquisitions behind a data set (itself, or those it was calculated from), the one whose place had taken most; <c>null</c> where none is recorded or it cannot be seen.</summary>
    public async Task<TakenDose?> OfDatasetAsync(Guid userId, Guid datasetId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var dataset = await db.Datasets.VisibleTo(userId).Where(d => d.Id == datasetId).Select(d => new { d.Name, d.Notes }).SingleOrDefaultAsync(ct);
        return dataset is null ? null : await WorstAsync(db, userId, [datasetId], $"{dataset.Name} {dataset.Notes}", ct);
    }

    /// <summary>The same of a result, over all its inputs.</summary>
    public async Task<TakenDose?> OfResultAsync(Guid userId, Guid resultId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var result = await db.Results.VisibleTo(userId).Where(r => r.Id == resultId)
            .Select(r => new { r.Title, Items = r.Items.Select(i => i.Name).ToList(), Inputs = r.Job.Inputs.Select(i => i.DatasetId).ToList() }).SingleOrDefaultAsync(ct);
        return result is null ? null : await WorstAsync(db, userId, result.Inputs, $"{result.Title} {string.Join(' ', result.Items)}", ct);
    }

    private static async Task<TakenDose?> WorstAsync(CryoHubDb db, Guid userId, List<Guid> datasets, string words, CancellationToken ct)
    {
        var acquisitions = await AcquisitionsAsync(db, userId, datasets, ct);
        TakenDose? worst = null;
        foreach (var sample in acquisitions.GroupBy(a => (a.SampleId, a.LabId, a.Metal)))
        {
            var limits = await LimitSet.OfLabAsync(db, sample.Key.LabId, ct);
            var steps = sample.Select(a => a.StepId).ToHashSet();
            foreach (var entry in DoseLedger.Of(await SampleChronicle.ReadAsync(db, sample.Key.SampleId, ct)).Where(entry => steps.Contains(entry.Acquisition.Step.Id) && !(entry.SumPerA2 <= worst?.SumPerA2)))
            {
                var exceeded = CriticalFluence.ExceededBy(entry.SumPerA2, limits.Fluences, entry.BeamKeV);
                worst = new(entry.Acquisition.Step.Id, entry.SumPerA2, entry.IsLowerBound, exceeded, [.. exceeded.Where(limit => IsNamed(limit.Phase, $"{sample.Key.Metal} {words}"))]);
            }
        }

        return worst;
    }

    /// <summary>The acquisition steps that took the data sets, or what those were calculated from.</summary>
    private static async Task<List<Taken>> AcquisitionsAsync(CryoHubDb db, Guid userId, List<Guid> datasets, CancellationToken ct)
    {
        var known = datasets.ToHashSet();
        for (var fresh = datasets; fresh.Count > 0;)
        {
            var inputs = await db.Datasets.VisibleTo(userId).Where(d => fresh.Contains(d.Id) && d.ResultId != null).SelectMany(d => d.Result!.Job.Inputs.Select(i => i.DatasetId)).Distinct().ToListAsync(ct);
            fresh = [.. inputs.Where(known.Add)];
        }

        return await db.StepDatasets.Where(l => known.Contains(l.DatasetId) && l.Step.Kind == StepKinds.Acquisition && l.Step.DeletedAt == null)
            .SelectMany(l => l.Step.Samples.Where(s => s.Role == StepRole.Subject).Select(s => new { l.StepId, s.SampleId }))
            .Join(db.Samples.VisibleTo(userId), l => l.SampleId, s => s.Id, (l, s) => new Taken(l.StepId, s.Id, s.Project.LabId, s.Metal)).Distinct().ToListAsync(ct);
    }

    /// <summary>As a word of its own: “Li” is not in “LiOH”.</summary>
    private static bool IsNamed(string phase, string words) => Regex.IsMatch(words, $@"(?<![\p{{L}}\d]){Regex.Escape(phase)}(?![\p{{L}}\d])", RegexOptions.None, TimeSpan.FromSeconds(1));

    private sealed record Taken(Guid StepId, Guid SampleId, Guid LabId, string Metal);
}
