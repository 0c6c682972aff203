using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Quantities;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Fields;

/// <summary>
/// The steps of some projects, read once, for the question what was recorded on the way to each of their samples. An acquisition counts only for the data sets that it names; of other kinds the
/// last before the sample left its parents counts, corrected where it was corrected.
/// </summary>
internal sealed class RecordedSteps
{
    private readonly Dictionary<Guid, Guid[]> parents;
    private readonly Dictionary<Guid, Lineage> makers;
    private readonly ILookup<Guid, Told> bySample;
    private readonly ILookup<Guid, Told> byDataset;
    private readonly Dictionary<Guid, IReadOnlyList<Told>> ofSample = [];

    private RecordedSteps(Dictionary<Guid, Guid[]> parents, Dictionary<Guid, Lineage> makers, ILookup<Guid, Told> bySample, ILookup<Guid, Told> byDataset) =>
        (this.parents, this.makers, this.bySample, this.byDataset) = (parents, makers, bySample, byDataset);

    /// <param name="kinds">Kinds of steps that are asked for; what made a sample is read of every kind.</param>
    public static async Task<RecordedSteps> ReadAsync(CryoHubDb db, Guid[] projects, IReadOnlyCollection<string> kinds, CancellationToken ct)
    {
        var wanted = kinds.ToArray();
        var steps = await db.Steps.Where(s => projects.Contains(s.ProjectId) && s.DeletedAt == null && (wanted.Contains(s.Kind) || s.Samples.Any(l => l.Role == StepRole.Product)))
            .Select(s => new { s.Id, s.Kind, s.CorrectsId, s.CreatedAt, s.StartedAt, s.EndedAt, Values = wanted.Contains(s.Kind) ? s.Values : null })
            .AsNoTracking().ToListAsync(ct);
        var newest = steps.Where(s => s.CorrectsId != null).GroupBy(s => s.CorrectsId!.Value).ToDictionary(group => group.Key, group => group.MaxBy(s => s.CreatedAt)!);
        var told = steps.Where(s => s.CorrectsId == null).Select(s => (s.Id, s.Kind, Now: newest.GetValueOrDefault(s.Id, s)))
            .Select(s => new Told(s.Id, s.Kind, s.Now.StartedAt, s.Now.EndedAt, s.Now.Values is { } values ? StepValues.FromJson(values) : null)).ToDictionary(step => step.Id);
        var links = await db.StepSamples.Where(l => projects.Contains(l.Step.ProjectId) && l.Step.DeletedAt == null && (wanted.Contains(l.Step.Kind) || l.Step.Samples.Any(p => p.Role == StepRole.Product)))
            .Select(l => new { l.StepId, l.SampleId, l.Role }).ToListAsync(ct);
        var images = await db.StepDatasets.Where(l => projects.Contains(l.Step.ProjectId) && l.Step.DeletedAt == null && l.Step.Kind == StepKinds.Acquisition && wanted.Contains(l.Step.Kind))
            .Select(l => new { l.StepId, l.DatasetId }).ToListAsync(ct);
        var tree = await db.Samples.Where(s => projects.Contains(s.ProjectId) && s.ParentId != null).Select(s => new { s.Id, Parent = s.ParentId!.Value }).ToListAsync(ct);

        var subjects = links.Where(l => l.Role == StepRole.Subject).ToLookup(l => l.StepId, l => l.SampleId);
        var products = links.Where(l => l.Role == StepRole.Product && told.ContainsKey(l.StepId)).ToList();
        return new RecordedSteps(
            tree.Select(s => (s.Id, s.Parent)).Concat(products.SelectMany(l => subjects[l.StepId].Select(parent => (l.SampleId, parent)))).GroupBy(edge => edge.Item1, edge => edge.Item2)
                .ToDictionary(group => group.Key, group => group.Distinct().ToArray()),
            products.DistinctBy(l => l.SampleId).ToDictionary(l => l.SampleId, l => new Lineage(told[l.StepId].EndedAt, [.. subjects[l.StepId]])),
            links.Where(l => told.GetValueOrDefault(l.StepId) is { Values: not null }).ToLookup(l => l.SampleId, l => told[l.StepId]),
            images.Where(l => told.ContainsKey(l.StepId)).ToLookup(l => l.DatasetId, l => told[l.StepId]));
    }

    /// <summary>What the last step of the kind says; <c>null</c> where nothing is recorded.</summary>
    public FieldCell? Of(Guid datasetId, Guid? sampleId, StepKind kind, StepField field)
    {
        var steps = kind.Key == StepKinds.Acquisition ? byDataset[datasetId] : sampleId is { } sample ? OfSample(sample).Where(step => step.Kind == kind.Key) : [];
        return steps.Select(step => step.Values!.GetValueOrDefault(field.Key)).LastOrDefault(value => value is not null) is { } found ? Cell(field, found) : null;
    }

    /// <summary>The sample and everything it was made from, itself first.</summary>
    public IReadOnlyList<Guid> Line(Guid sampleId)
    {
        var line = new List<Guid> { sampleId };
        var seen = new HashSet<Guid>(line);
        for (var i = 0; i < line.Count; i++)
        {
            line.AddRange(parents.GetValueOrDefault(line[i], []).Where(seen.Add));
        }

        return line;
    }

    private IReadOnlyList<Told> OfSample(Guid sampleId)
    {
        if (!ofSample.TryGetValue(sampleId, out var known))
        {
            var until = Lineage.Until(sampleId, makers);
            known = [.. Line(sampleId).SelectMany(link => bySample[link].Where(step => step.StartedAt <= until.GetValueOrDefault(link, DateTimeOffset.MaxValue))).DistinctBy(step => step.Id)
                .OrderBy(step => step.StartedAt).ThenBy(step => step.EndedAt).ThenBy(step => step.Id)];
            ofSample[sampleId] = known;
        }

        return known;
    }

    private static FieldCell Cell(StepField field, StepValue value)
    {
        if (field.Dimension is not { } dimension || value.Si is not { } si)
        {
            return new FieldCell(value.Typed);
        }

        var unit = Units.Of(dimension, field.Unit);
        var number = new Quantity(si, value.Typed);
        return new FieldCell(number.Show(unit) is var shown && unit.Symbol.Length > 0 && shown.EndsWith(unit.Symbol, StringComparison.Ordinal) ? shown[..^unit.Symbol.Length].TrimEnd() : shown, number.In(unit));
    }

    private sealed record Told(Guid Id, string Kind, DateTimeOffset StartedAt, DateTimeOffset EndedAt, IReadOnlyDictionary<string, StepValue>? Values);
}
