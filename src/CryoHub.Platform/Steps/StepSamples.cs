using CryoHub.Imaging;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Steps;

/// <summary>Ties a step to its samples and keeps the graph possible: no circle, nothing made twice, nothing older than what it was made from. The caller holds the graph's lock.</summary>
internal sealed class StepSamples(CryoHubDb db, Step step)
{
    public async Task LinkAsync(StepText text, CancellationToken ct)
    {
        if (step.CorrectsId is not null)
        {
            return;   // a correction stands for its original and shares its samples
        }

        var subjects = await SamplesAsync(text.Subjects, ct);
        var products = await SamplesAsync(text.Products, ct);
        products.AddRange((text.NewProducts ?? []).Select(product => New(product, subjects.FirstOrDefault())));
        if (subjects.Count + products.Count == 0)
        {
            throw new ProblemException(ProblemKind.Invalid, "A step happens to a sample: name at least one.");
        }

        foreach (var product in products)
        {
            await CheckProductAsync(product, subjects, ct);
            product.ParentId ??= subjects.FirstOrDefault()?.Id;
        }

        step.Samples.AddRange(subjects.Select(sample => new StepSample { StepId = step.Id, SampleId = sample.Id, Role = StepRole.Subject }));
        step.Samples.AddRange(products.Select(sample => new StepSample { StepId = step.Id, SampleId = sample.Id, Role = StepRole.Product }));
        await CheckTimesAsync(ct);
    }

    /// <summary>The links that the step has, as if they were made now; the step itself is in the trash.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        var subjects = step.Samples.Where(link => link.Role == StepRole.Subject).Select(link => link.Sample).ToList();
        foreach (var product in step.Samples.Where(link => link.Role == StepRole.Product))
        {
            await CheckProductAsync(product.Sample, subjects, ct);
        }

        await CheckTimesAsync(ct);
    }

    /// <summary>Nothing happens to a sample before it was made.</summary>
    public async Task CheckTimesAsync(CancellationToken ct)
    {
        var subjects = step.Samples.Where(link => link.Role == StepRole.Subject).Select(link => link.SampleId).ToList();
        var early = await db.StepSamples.Where(l => subjects.Contains(l.SampleId) && l.Role == StepRole.Product && l.Step.DeletedAt == null && l.Step.EndedAt > step.StartedAt)
            .Select(l => new { l.Sample.Name, l.Step.EndedAt }).FirstOrDefaultAsync(ct);
        if (early is not null)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{early.Name} was made on {early.EndedAt:d MMM yyyy HH:mm} UTC; this step began before that, on {step.StartedAt:d MMM yyyy HH:mm}.");
        }

        var products = step.Samples.Where(link => link.Role == StepRole.Product).Select(link => link.SampleId).ToList();
        var late = await db.StepSamples.Where(l => products.Contains(l.SampleId) && l.StepId != step.Id && l.Step.DeletedAt == null && l.Step.StartedAt < step.EndedAt)
            .Select(l => new { l.Sample.Name, l.Step.Kind, l.Step.StartedAt }).FirstOrDefaultAsync(ct);
        if (late is not null)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{late.Name} is made on {step.EndedAt:d MMM yyyy HH:mm} UTC, but already has the step “{StepLog.Title(late.Kind)}” of {late.StartedAt:d MMM yyyy HH:mm}.");
        }
    }

    private async Task<List<Sample>> SamplesAsync(IReadOnlyList<Guid>? ids, CancellationToken ct)
    {
        var wanted = (ids ?? []).Distinct().ToList();
        var found = await db.Samples.Where(s => wanted.Contains(s.Id) && s.ProjectId == step.ProjectId && s.DeletedAt == null).ToListAsync(ct);
        return found.Count == wanted.Count
            ? [.. found.OrderBy(sample => wanted.IndexOf(sample.Id))]
            : throw new ProblemException(ProblemKind.Invalid, $"{wanted.Count - found.Count} of {wanted.Count} samples are not in this project.");
    }

    private Sample New(NewProduct product, Sample? parent)
    {
        var sample = new Sample
        {
            Id = Guid.CreateVersion7(),
            ProjectId = step.ProjectId,
            Kind = Enum.IsDefined(product.Kind) ? product.Kind : throw new ProblemException(ProblemKind.Invalid, $"There is no kind {(int)product.Kind} of sample."),
            Name = Required.Name(product.Name),
            Metal = product.Metal ?? parent?.Metal ?? "",
            CreatedBy = step.CreatedBy,
            CreatedAt = step.CreatedAt,
        };
        db.Add(sample);
        return sample;
    }

    private async Task CheckProductAsync(Sample product, List<Sample> subjects, CancellationToken ct)
    {
        if (subjects.Contains(product))
        {
            throw new ProblemException(ProblemKind.Invalid, $"{product.Name} cannot both undergo the step and be made by it.");
        }

        if (await db.StepSamples.Where(l => l.SampleId == product.Id && l.Role == StepRole.Product && l.Step.DeletedAt == null).Select(l => (DateTimeOffset?)l.Step.StartedAt).FirstOrDefaultAsync(ct) is { } made)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{product.Name} was already made by a step of {made:d MMM yyyy HH:mm} UTC.");
        }

        foreach (var subject in subjects)
        {
            if ((await SampleGraph.AncestorsAsync(db, subject.Id, ct)).Contains(product.Id))
            {
                throw new ProblemException(ProblemKind.Invalid, $"{subject.Name} was made from {product.Name}, which can therefore not be made from it.");
            }
        }
    }
}
