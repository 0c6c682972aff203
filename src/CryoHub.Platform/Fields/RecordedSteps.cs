using System.Text.Json;
using CryoHub.Platform.Quantities;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Fields;

/// <summary>
/// Steps of some kinds on the way to samples and data sets, for the question what was recorded there. An acquisition counts only for the data sets that it names; of other kinds the last before
/// the sample left its parents counts, corrected where it was corrected.
/// </summary>
internal sealed class RecordedSteps
{
    private readonly SampleLines lines;
    private readonly ILookup<Guid, Told> bySample;
    private readonly ILookup<Guid, Told> byDataset;
    private readonly Dictionary<Guid, IReadOnlyList<Told>> ofSample = [];

    private RecordedSteps(SampleLines lines, ILookup<Guid, Told> bySample, ILookup<Guid, Told> byDataset) => (this.lines, this.bySample, this.byDataset) = (lines, bySample, byDataset);

    /// <summary>Steps of all samples and data sets of the projects.</summary>
    public static async Task<RecordedSteps> ReadAsync(CryoHubDb db, SampleLines lines, Guid[] projects, IReadOnlyCollection<string> kinds, CancellationToken ct)
    {
        var wanted = kinds.ToArray();
        return wanted.Length == 0 ? Nothing(lines) : await ReadAsync(db, lines, db.Steps.Where(s => projects.Contains(s.ProjectId) && wanted.Contains(s.Kind)), ct);
    }

    /// <summary>Only the steps on the way to some data sets, for a page of a long table.</summary>
    public static async Task<RecordedSteps> OfAsync(
        CryoHubDb db, SampleLines lines, Guid[] projects, IReadOnlyCollection<string> kinds, IReadOnlyCollection<Guid> datasets, IEnumerable<Guid> samples, CancellationToken ct)
    {
        if (kinds.Count == 0)
        {
            return Nothing(lines);
        }

        Guid[] shown = kinds.Contains(StepKinds.Acquisition) ? [.. datasets] : [];
        var wanted = kinds.Where(kind => kind != StepKinds.Acquisition).ToArray();
        Guid[] onTheWay = wanted.Length == 0 ? [] : [.. samples.SelectMany(lines.Of).Distinct()];
        var ids = await db.StepSamples.Where(l => onTheWay.Contains(l.SampleId) && wanted.Contains(l.Step.Kind)).Select(l => l.StepId)
            .Union(db.StepDatasets.Where(l => shown.Contains(l.DatasetId) && l.Step.Kind == StepKinds.Acquisition).Select(l => l.StepId)).ToArrayAsync(ct);
        return await ReadAsync(db, lines, db.Steps.Where(s => projects.Contains(s.ProjectId) && (ids.Contains(s.Id) || ids.Contains(s.CorrectsId!.Value))), ct);
    }

    private static async Task<RecordedSteps> ReadAsync(CryoHubDb db, SampleLines lines, IQueryable<Step> chosen, CancellationToken ct)
    {
        chosen = chosen.Where(s => s.DeletedAt == null);
        var steps = await chosen.Select(s => new { s.Id, s.Kind, s.CorrectsId, s.CreatedAt, s.StartedAt, s.EndedAt, s.Values }).AsNoTracking().ToListAsync(ct);
        var newest = steps.Where(s => s.CorrectsId != null).GroupBy(s => s.CorrectsId!.Value).ToDictionary(group => group.Key, group => group.MaxBy(s => s.CreatedAt)!);
        var told = steps.Where(s => s.CorrectsId == null).Select(s => (s.Id, s.Kind, Now: newest.GetValueOrDefault(s.Id, s)))
            .ToDictionary(s => s.Id, s => new Told(s.Id, s.Kind, s.Now.StartedAt, s.Now.EndedAt, s.Now.Values));
        var links = await chosen.SelectMany(s => s.Samples, (s, l) => new { l.StepId, l.SampleId }).ToListAsync(ct);
        var images = await chosen.Where(s => s.Kind == StepKinds.Acquisition).SelectMany(s => s.Datasets, (s, l) => new { l.StepId, l.DatasetId }).ToListAsync(ct);
        return new RecordedSteps(
            lines, links.Where(l => told.ContainsKey(l.StepId)).ToLookup(l => l.SampleId, l => told[l.StepId]), images.Where(l => told.ContainsKey(l.StepId)).ToLookup(l => l.DatasetId, l => told[l.StepId]));
    }

    private static RecordedSteps Nothing(SampleLines lines) => new(lines, Array.Empty<Told>().ToLookup(_ => Guid.Empty), Array.Empty<Told>().ToLookup(_ => Guid.Empty));

    /// <summary>What the last step of the kind says; <c>null</c> where nothing is recorded.</summary>
    public FieldCell? Of(Guid datasetId, Guid? sampleId, StepKind kind, StepField field)
    {
        var steps = kind.Key == StepKinds.Acquisition ? byDataset[datasetId] : sampleId is { } sample ? OfSample(sample).Where(step => step.Kind == kind.Key) : [];
        return steps.Select(step => step.Values.GetValueOrDefault(field.Key)).LastOrDefault(value => value is not null) is { } found ? Cell(field, found) : null;
    }

    private IReadOnlyList<Told> OfSample(Guid sampleId)
    {
        if (!ofSample.TryGetValue(sampleId, out var known))
        {
            var until = lines.Until(sampleId);
            known = [.. lines.Of(sampleId).SelectMany(link => bySample[link].Where(step => step.StartedAt <= until.GetValueOrDefault(link, DateTimeOffset.MaxValue))).DistinctBy(step => step.Id)
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

    /// <summary>A step as it stands now. Its values are read where somebody asks for them: most are of samples that a filter leaves out.</summary>
    private sealed class Told(Guid id, string kind, DateTimeOffset startedAt, DateTimeOffset endedAt, JsonDocument values)
    {
        private IReadOnlyDictionary<string, StepValue>? read;

        public Guid Id => id;

        public string Kind => kind;

        public DateTimeOffset StartedAt => startedAt;

        public DateTimeOffset EndedAt => endedAt;

        public IReadOnlyDictionary<string, StepValue> Values => read ??= StepValues.FromJson(values);
    }
}
