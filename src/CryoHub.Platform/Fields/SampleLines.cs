using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Fields;

/// <summary>What every sample of some projects was made from: by its parent, and by the steps that made it.</summary>
internal sealed class SampleLines
{
    private readonly Dictionary<Guid, Guid[]> parents;
    private readonly Dictionary<Guid, Lineage> makers;

    private SampleLines(Dictionary<Guid, Guid[]> parents, Dictionary<Guid, Lineage> makers) => (this.parents, this.makers) = (parents, makers);

    public static async Task<SampleLines> ReadAsync(CryoHubDb db, Guid[] projects, CancellationToken ct)
    {
        var making = db.Steps.Where(s => projects.Contains(s.ProjectId) && s.DeletedAt == null && s.CorrectsId == null && s.Samples.Any(l => l.Role == StepRole.Product));
        var links = await making.SelectMany(s => s.Samples, (s, l) => new { l.StepId, l.SampleId, l.Role, s.EndedAt }).ToListAsync(ct);
        var corrections = await db.Steps.Where(s => projects.Contains(s.ProjectId) && s.DeletedAt == null && making.Select(made => (Guid?)made.Id).Contains(s.CorrectsId))
            .Select(s => new { Corrects = s.CorrectsId!.Value, s.CreatedAt, s.EndedAt }).ToListAsync(ct);
        var tree = await db.Samples.Where(s => projects.Contains(s.ProjectId) && s.ParentId != null).Select(s => new { s.Id, Parent = s.ParentId!.Value }).ToListAsync(ct);

        var corrected = corrections.GroupBy(s => s.Corrects).ToDictionary(group => group.Key, group => group.MaxBy(s => s.CreatedAt)!.EndedAt);
        var subjects = links.Where(l => l.Role == StepRole.Subject).ToLookup(l => l.StepId, l => l.SampleId);
        var products = links.Where(l => l.Role == StepRole.Product).ToList();
        return new SampleLines(
            tree.Select(s => (s.Id, s.Parent)).Concat(products.SelectMany(l => subjects[l.StepId].Select(parent => (l.SampleId, parent)))).GroupBy(edge => edge.Item1, edge => edge.Item2)
                .ToDictionary(group => group.Key, group => group.Distinct().ToArray()),
            products.DistinctBy(l => l.SampleId).ToDictionary(l => l.SampleId, l => new Lineage(corrected.GetValueOrDefault(l.StepId, l.EndedAt), [.. subjects[l.StepId]])));
    }

    /// <summary>The sample and everything it was made from, itself first.</summary>
    public IReadOnlyList<Guid> Of(Guid sampleId)
    {
        var line = new List<Guid> { sampleId };
        var seen = new HashSet<Guid>(line);
        for (var i = 0; i < line.Count; i++)
        {
            line.AddRange(parents.GetValueOrDefault(line[i], []).Where(seen.Add));
        }

        return line;
    }

    /// <summary>When the sample, or what became of it, left each sample of its line.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Until(Guid sampleId) => Lineage.Until(sampleId, makers);
}
