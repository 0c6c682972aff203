using CryoHub.Platform.Audit;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Workflows;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Labels;

/// <summary>From the code on a label to the item and what is to be done with it next.</summary>
public sealed class LabelScan(IDbContextFactory<CryoHubDb> dbs, RunLog runs)
{
    /// <summary>What one is told about a code that nobody has and about one that only another lab has: the same.</summary>
    public static string Unknown(string code) =>
        $"No item that you may see carries the label {code}. If another lab sent it, ask them to ship or hand it over to you here, or to share its project.";

    /// <summary>Every item with this label that the person may see: two labs may use one code. Empty: none.</summary>
    public async Task<IReadOnlyList<ScannedItem>> ScanAsync(Guid userId, string typed, CancellationToken ct)
    {
        var code = LabelCode.Read(typed);
        await using var db = await dbs.ForAsync(userId, ct);
        var found = await LabelDesk.Visible(db, userId).Where(l => l.Code == code).OrderBy(l => l.Lab.Name).ThenBy(l => l.Id)
            .Select(l => new ScannedItem(
                l.Id, l.Code, l.LabId, l.Lab.Name, l.SampleId == null ? null : new SampleLink(l.SampleId.Value, l.Sample!.Kind, l.Sample.Name),
                l.SampleId == null ? "" : l.Sample!.Project.Name, l.VoidedAt != null, null))
            .ToListAsync(ct);
        var items = new List<ScannedItem>();
        foreach (var item in found)
        {
            items.Add(item.Item is { } sample ? item with { Next = await NextAsync(db, userId, sample.Id, ct) } : item);
        }

        return items;
    }

    private async Task<NextStep?> NextAsync(CryoHubDb db, Guid userId, Guid sampleId, CancellationToken ct)
    {
        var candidates = await db.WorkflowRuns.Where(r => r.DeletedAt == null)
            .Where(r => r.SampleId == sampleId || db.StepSamples.Any(l => l.SampleId == sampleId && l.Step.RunId == r.Id && l.Step.DeletedAt == null))
            .OrderByDescending(r => r.CreatedAt).Select(r => r.Id).Take(5).ToListAsync(ct);
        foreach (var id in candidates)
        {
            if (await runs.FindAsync(userId, id, ct) is { CanEdit: true } run && run.Current.Id == sampleId && run.Next <= run.Template.Steps.Count)
            {
                return new NextStep(id, run.Next, run.Template.Steps[run.Next - 1].Title);
            }
        }

        return null;
    }
}
