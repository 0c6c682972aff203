using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Workflows;

/// <summary>Templates being followed. A step of a run is a step like any other, which must keep to the template or say why it does not.</summary>
public sealed class RunLog(IDbContextFactory<CryoHubDb> dbs, TemplateLibrary library, StepLog steps, TimeProvider time)
{
    /// <summary>Newest first; <c>null</c> where the project cannot be seen.</summary>
    public async Task<Page<RunRow>?> ListAsync(Guid userId, Guid projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct))
        {
            return null;
        }

        var rows = await db.WorkflowRuns.VisibleTo(userId).Where(r => r.ProjectId == projectId).OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id)
            .Select(r => new { r.Id, r.Title, SampleName = r.Sample.Name, r.Template, Done = db.Steps.Where(s => s.RunId == r.Id && s.DeletedAt == null).Select(s => s.RunStep).Distinct().Count(), r.CreatedAt })
            .ToPageAsync(page, ct);
        return new([.. rows.Items.Select(r => new RunRow(r.Id, r.Title, r.SampleName, TemplateLibrary.Read(r.Template).Steps.Count, r.Done, r.CreatedAt))], rows.Total, rows.Skip, rows.Take);
    }

    /// <summary>The run's id; <c>null</c> where the sample cannot be seen.</summary>
    public async Task<Guid?> StartAsync(Guid userId, Guid sampleId, string templateKey, Guid? labId, CancellationToken ct)
    {
        var template = (await library.ListAsync(userId, ct)).FirstOrDefault(row => row.Template.Key == templateKey && row.LabId == labId)?.Template
            ?? throw new ProblemException(ProblemKind.Invalid, $"There is no template “{templateKey}” in this library.");
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.Samples.VisibleTo(userId).Where(s => s.Id == sampleId).Select(s => (Guid?)s.ProjectId).SingleOrDefaultAsync(ct) is not { } project)
        {
            return null;
        }

        await db.Projects.MayAddToAsync(userId, project, ct);
        var run = new WorkflowRun
        {
            Id = Guid.CreateVersion7(),
            ProjectId = project,
            SampleId = sampleId,
            Title = template.Title,
            Template = JsonSerializer.SerializeToDocument(template, TemplateLibrary.Json),
            CreatedBy = userId,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(run);
        await db.SaveChangesAsync(ct);
        return run.Id;
    }

    public async Task<RunDetails?> FindAsync(Guid userId, Guid runId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var row = await db.WorkflowRuns.VisibleTo(userId).Where(r => r.Id == runId)
            .Select(r => new
            {
                r.ProjectId,
                ProjectName = r.Project.Name,
                r.Template,
                First = new SampleLink(r.SampleId, r.Sample.Kind, r.Sample.Name),
                Done = db.Steps.Where(s => s.RunId == runId && s.DeletedAt == null && s.CorrectsId == null).OrderBy(s => s.EndedAt).Select(s => new
                {
                    Row = new RunStepDone(s.RunStep!.Value, s.Id, s.EndedAt, s.Deviation),
                    Made = s.Samples.Where(l => l.Role == StepRole.Product).Select(l => new SampleLink(l.SampleId, l.Sample.Kind, l.Sample.Name)).FirstOrDefault(),
                }).ToList(),
                CanEdit = r.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor),
            })
            .AsNoTracking().SingleOrDefaultAsync(ct);
        return row is null ? null : new RunDetails(
            runId, row.ProjectId, row.ProjectName, TemplateLibrary.Read(row.Template), row.Done.Select(done => done.Made).LastOrDefault(made => made is not null) ?? row.First,
            [.. row.Done.Select(done => done.Row)], row.CanEdit);
    }

    /// <summary>Records step <paramref name="number"/> (from 1 on) of a run; <c>null</c> where the run cannot be seen. The same id sent twice is recorded once.</summary>
    /// <exception cref="ProblemException">Invalid: what the template asks for is missing or out of range, and no deviation says why.</exception>
    public async Task<Guid?> RecordAsync(Guid userId, Guid runId, int number, StepText text, CancellationToken ct)
    {
        if (await FindAsync(userId, runId, ct) is not { } run)
        {
            return null;
        }

        if (number < 1 || number > run.Template.Steps.Count)
        {
            throw new ProblemException(ProblemKind.Invalid, $"The template has steps 1 to {run.Template.Steps.Count}; there is no step {number}.");
        }

        var asked = run.Template.Steps[number - 1];
        var kind = StepKinds.Find(asked.Kind)!;
        var values = StepValues.Read(kind, text.Values ?? new Dictionary<string, string>());
        var unusual = asked.Fields.Select(rule => rule.Complain(kind.Field(rule.Key)!, values.GetValueOrDefault(rule.Key))).OfType<string>().ToList();
        if (unusual.Count > 0 && string.IsNullOrWhiteSpace(text.Deviation))
        {
            throw new ProblemException(ProblemKind.Invalid, $"{string.Join(" ", unusual)} Say why as a deviation, and it is recorded.");
        }

        return await steps.RecordAsync(userId, run.ProjectId, text with { Kind = asked.Kind, Subjects = [run.Current.Id], RunId = runId, RunStep = number }, ct);
    }
}
