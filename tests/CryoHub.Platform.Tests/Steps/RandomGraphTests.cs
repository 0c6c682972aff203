using CryoHub.Imaging;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Trash;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Steps;

/// <summary>Random acts of four people at once on one project; whatever is refused or done, the graph of what was made from what stays possible.</summary>
public sealed class RandomGraphTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Samples = 12;
    private const int Acts = 40;

    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Nothing_is_made_from_itself_or_twice_or_before_what_it_was_made_from(int seed)
    {
        var scene = database.Scene;
        var owner = await scene.PersonAsync("Ada");
        var project = await scene.ProjectAsync(await scene.LabAsync((owner, LabRole.Owner)));
        var samples = new List<Guid>();
        for (var i = 0; i < Samples; i++)
        {
            samples.Add(await scene.SampleAsync(project, $"S-{i}"));
        }

        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(person => ActAsync(new Random((seed * 10) + person), owner, project, samples)));
        var (acted, refused) = (done.Sum(one => one.Done), done.Sum(one => one.Refused));
        Assert.True(acted >= 30 && refused >= 10, $"{acted} acts done, {refused} refused: the draw says little");

        var tree = await scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project && s.ParentId != null).Select(s => new { Child = s.Id, Parent = s.ParentId!.Value }).ToListAsync(Ct));
        var steps = await scene.ReadAsync(db => db.Steps.Where(s => s.ProjectId == project && s.DeletedAt == null).Select(s => new { s.Id, s.StartedAt, Links = s.Samples.Select(l => new { l.SampleId, l.Role }).ToList() }).ToListAsync(Ct));
        var made = steps.SelectMany(step => step.Links.Where(l => l.Role == StepRole.Product).Select(l => (l.SampleId, step.StartedAt, From: step.Links.Where(s => s.Role == StepRole.Subject).Select(s => s.SampleId).ToList()))).ToList();
        var edges = tree.Select(edge => (edge.Child, edge.Parent)).Concat(made.SelectMany(one => one.From.Select(parent => (Child: one.SampleId, Parent: parent)))).ToLookup(edge => edge.Child, edge => edge.Parent);

        Assert.All(samples, sample => Assert.DoesNotContain(sample, Above(sample, edges)));
        Assert.Equal(made.Count, made.Select(one => one.SampleId).Distinct().Count());
        var madeAt = made.ToDictionary(one => one.SampleId, one => one.StartedAt);
        Assert.All(steps.SelectMany(step => step.Links.Where(l => l.Role == StepRole.Subject).Select(l => (step.StartedAt, l.SampleId))), used =>
            Assert.True(used.StartedAt >= madeAt.GetValueOrDefault(used.SampleId, DateTimeOffset.MinValue), $"something happened to a sample at {used.StartedAt:u}, which was made at {madeAt.GetValueOrDefault(used.SampleId):u}"));
    }

    private async Task<(int Done, int Refused)> ActAsync(Random random, Guid owner, Guid project, List<Guid> samples)
    {
        var (done, refused) = (0, 0);
        for (var i = 0; i < Acts; i++)
        {
            try
            {
                var change = random.Next(4) switch
                {
                    0 => await MoveAsync(random, owner, samples),
                    1 => await ThrowOrRestoreAsync(random, owner, project),
                    _ => await MakeAsync(random, owner, project, samples),
                };
                done += change == Change.Done ? 1 : 0;
            }
            catch (ProblemException)
            {
                refused++;
            }
        }

        return (done, refused);
    }

    private async Task<Change> MakeAsync(Random random, Guid owner, Guid project, List<Guid> samples)
    {
        var subjects = Enumerable.Range(0, 1 + random.Next(2)).Select(_ => samples[random.Next(Samples)]).Distinct().ToList();
        Guid[] products = random.Next(3) == 0 ? [] : [samples[random.Next(Samples)]];
        await database.Get<StepLog>().RecordAsync(owner, project, new StepText(products.Length == 0 ? "wash" : "cutting", Then.AddMinutes(random.Next(1000)), Subjects: subjects, Products: products), Ct);
        return Change.Done;
    }

    private async Task<Change> MoveAsync(Random random, Guid owner, List<Guid> samples)
    {
        var catalog = database.Get<SampleCatalog>();
        var sample = (await catalog.FindAsync(owner, samples[random.Next(Samples)], Ct))!;
        return await catalog.EditAsync(owner, sample.Id, new SampleText(sample.Kind, sample.Name, random.Next(3) == 0 ? null : samples[random.Next(Samples)]), sample.Version, Ct);
    }

    private async Task<Change> ThrowOrRestoreAsync(Random random, Guid owner, Guid project)
    {
        var steps = await database.Scene.ReadAsync(db => db.Steps.Where(s => s.ProjectId == project).OrderBy(s => s.Id).Select(s => new { s.Id, IsThrown = s.DeletedAt != null }).ToListAsync(Ct));
        if (steps.Count == 0)
        {
            return Change.Absent;
        }

        var step = steps[random.Next(steps.Count)];
        var trash = database.Get<TrashBin>();
        return step.IsThrown ? await trash.RestoreAsync(owner, TrashKind.Step, step.Id, Ct) : await trash.ThrowAwayAsync(owner, TrashKind.Step, step.Id, Ct);
    }

    private static HashSet<Guid> Above(Guid sample, ILookup<Guid, Guid> edges)
    {
        var found = new HashSet<Guid>();
        var waiting = new Queue<Guid>(edges[sample]);
        while (waiting.TryDequeue(out var next))
        {
            if (found.Add(next))
            {
                foreach (var parent in edges[next])
                {
                    waiting.Enqueue(parent);
                }
            }
        }

        return found;
    }
}
