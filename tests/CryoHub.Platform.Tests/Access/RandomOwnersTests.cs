using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Search;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Access;

/// <summary>
/// A03 to A05: a random world of labs, memberships, shares and data; for each person every list, count and search must agree with a model that knows nothing
/// of SQL.
/// </summary>
public sealed class RandomOwnersTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Everybody_sees_exactly_what_the_model_says(int seed)
    {
        var random = new Random(seed);
        var scene = database.Scene;
        var word = $"word{seed}";
        var people = new[] { await scene.PersonAsync("ann"), await scene.PersonAsync("ben"), await scene.PersonAsync("cy") };
        var model = new Dictionary<(Guid Person, Guid Project), ProjectRole>();
        var projects = new List<Guid>();
        var datasets = new List<(Guid Id, Guid Project, bool Thrown)>();
        for (var l = 0; l < 5; l++)
        {
            var members = people.Where(_ => random.Next(3) == 0).Select(p => (Person: p, Role: (LabRole)random.Next(4))).ToArray();
            var lab = await scene.LabAsync(members);
            for (var p = 0; p < 4; p++)
            {
                var project = await scene.ProjectAsync(lab);
                projects.Add(project);
                foreach (var (person, role) in members)
                {
                    Grant(person, project, role switch { LabRole.Viewer => ProjectRole.Viewer, LabRole.Member => ProjectRole.Editor, LabRole.Manager => ProjectRole.Manager, _ => ProjectRole.Owner });
                }

                if (random.Next(3) == 0)
                {
                    var (guest, role) = (people[random.Next(3)], (ProjectRole)random.Next(1, 4));
                    await scene.ShareAsync(project, role, guest);
                    Grant(guest, project, role);
                }
            }
        }

        for (var d = 0; d < 120; d++)
        {
            var project = projects[random.Next(projects.Count)];
            var thrown = random.Next(10) == 0;
            var id = await scene.DatasetAsync(project, $"{word} {d}", also: x => x.DeletedAt = thrown ? TimeProvider.System.GetUtcNow() : null);
            datasets.Add((id, project, thrown));
        }

        foreach (var person in people)
        {
            var expected = datasets.Where(d => !d.Thrown && model.ContainsKey((person, d.Project))).Select(d => d.Id).Order().ToList();
            var list = await database.Get<DatasetCatalog>().ListAsync(person, new DatasetFilter(), new PageRequest(0, 200), Ct);
            Assert.Equal(expected, list.Items.Select(d => d.Id).Order());
            Assert.Equal(expected.Count, list.Total);

            var found = await database.Get<SearchIndex>().FindAsync(person, new DatasetFilter { Text = word }, new PageRequest(0, 200), Ct);
            Assert.Equal(expected, found.Items.Select(hit => hit.Id).Order());
            Assert.Equal(expected.Count, found.Total);

            var mine = await database.Get<ProjectDirectory>().ListAsync(person, null, new PageRequest(0, 200), Ct);
            Assert.Equal(
                projects.Where(p => model.ContainsKey((person, p))).Order().Select(p => (p, model[(person, p)], datasets.Count(d => d.Project == p && !d.Thrown))),
                mine.Items.OrderBy(p => p.Id).Select(p => (p.Id, p.Role, p.Datasets)));

            foreach (var foreign in projects.Where(p => !model.ContainsKey((person, p))))
            {
                Assert.Null(await database.Get<ProjectDirectory>().FindAsync(person, foreign, Ct));
                Assert.Null(await database.Get<SampleCatalog>().ListAsync(person, foreign, PageRequest.First, Ct));
            }
        }

        void Grant(Guid person, Guid project, ProjectRole role) =>
            model[(person, project)] = model.TryGetValue((person, project), out var had) && had > role ? had : role;
    }
}
