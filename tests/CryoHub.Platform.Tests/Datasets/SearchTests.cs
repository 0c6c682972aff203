using System.Data;
using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Search;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Datasets;

public sealed class SearchTests(SearchTests.Archive archive) : IClassFixture<SearchTests.Archive>
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, DatasetFilter, int> Filters { get; } = new()
    {
        { "ix_datasets_search_text", new DatasetFilter { Text = "rare7" }, 20 },
        { "ix_datasets_kind", new DatasetFilter { Kind = "ebsd-map" }, 20 },
        { "ix_samples_metal", new DatasetFilter { Metal = "Zn" }, 20 },
        { "ix_datasets_elements", new DatasetFilter { Element = "Og" }, 20 },
        { "ix_datasets_beam_energy_kev", new DatasetFilter { MinBeamEnergyKeV = 999, MaxBeamEnergyKeV = 1001 }, 20 },
        { "ix_datasets_measured_at", new DatasetFilter { From = Start.AddMinutes(500), To = Start.AddMinutes(520) }, 20 },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Twenty of twenty thousand: with its index the database reads little more than those.</summary>
    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Each_filter_narrows_the_search_and_goes_by_its_index(string index, DatasetFilter filter, int expected)
    {
        var found = await archive.Database.Get<SearchIndex>().FindAsync(archive.Owner, filter, new PageRequest(0, 50), Ct);
        Assert.Equal(expected, found.Items.Count(hit => hit.Kind == SearchKind.Dataset));
        Assert.Contains(index, await ExplainAsync(filter), StringComparison.Ordinal);
        Assert.Empty((await archive.Database.Get<SearchIndex>().FindAsync(archive.Stranger, filter, new PageRequest(0, 50), Ct)).Items);
    }

    [Fact]
    public async Task Filters_and_words_are_joined()
    {
        var filter = new DatasetFilter { Text = "rare7", From = Start.AddMinutes(1000), To = Start.AddMinutes(3000) };   // rare7 every 1,000 minutes
        Assert.Equal(2, (await archive.Database.Get<SearchIndex>().FindAsync(archive.Owner, filter, new PageRequest(0, 50), Ct)).Total);
    }

    [Fact]
    public async Task A_metal_finds_samples_too_and_what_only_data_sets_have_finds_no_other()
    {
        var index = archive.Database.Get<SearchIndex>();
        Assert.Contains((await index.FindAsync(archive.Owner, new DatasetFilter { Metal = "Zn" }, new PageRequest(0, 50), Ct)).Items, hit => hit.Kind == SearchKind.Sample);
        Assert.Contains((await index.FindAsync(archive.Owner, new DatasetFilter { Text = "archive" }, new PageRequest(0, 50), Ct)).Items, hit => hit.Kind == SearchKind.Project);
        Assert.Empty((await index.FindAsync(archive.Owner, new DatasetFilter { Text = "archive", Kind = "image" }, new PageRequest(0, 50), Ct)).Items);
        Assert.Empty((await index.FindAsync(archive.Owner, new DatasetFilter(), new PageRequest(0, 50), Ct)).Items);
    }

    [Fact]
    public async Task A_word_that_stands_everywhere_is_looked_at_a_thousand_times_and_no_further()
    {
        var found = await archive.Database.Get<SearchIndex>().FindAsync(archive.Owner, new DatasetFilter { Text = "scan" }, new PageRequest(0, 50), Ct);
        Assert.Equal((SearchIndex.Most, 50), (found.Total, found.Items.Count));
        Assert.All(found.Items, hit => Assert.StartsWith("Archive ", hit.ProjectName, StringComparison.Ordinal));
    }

    private async Task<string> ExplainAsync(DatasetFilter filter)
    {
        await using var db = archive.Database.CreateDbContext();
        var projects = await db.Projects.VisibleTo(archive.Owner).Select(p => p.Id).ToArrayAsync(Ct);
        await using var command = SearchIndex.Kinds(db, projects, filter, SearchWords.ToQuery(filter.Text)).First().CreateDbCommand();
        command.CommandText = "explain " + command.CommandText;
        await db.Database.OpenConnectionAsync(Ct);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, Ct);
        var plan = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            plan.Add(reader.GetString(0));
        }

        return string.Join('\n', plan);
    }

    /// <summary>20,000 data sets of one person in ten projects, of which every thousandth is out of the ordinary in each way.</summary>
    public sealed class Archive : IAsyncLifetime
    {
        public TestDatabase Database { get; } = new();

        public Guid Owner { get; private set; }

        public Guid Stranger { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await Database.InitializeAsync();
            (Owner, Stranger) = (await Database.Scene.PersonAsync("owner"), await Database.Scene.PersonAsync("stranger"));
            var lab = await Database.Scene.LabAsync((Owner, LabRole.Owner));
            for (var number = 0; number < 10; number++)
            {
                var project = await Database.Scene.ProjectAsync(lab, $"Archive {number}");
                var (common, zinc) = (await Database.Scene.SampleAsync(project, "Common", metal: "Li"), await Database.Scene.SampleAsync(project, "Zinc", metal: "Zn"));
                await using var db = Database.CreateDbContext();
                await db.Database.ExecuteSqlAsync($$"""
                    insert into samples (id, project_id, kind, name, notes, metal, fields, created_by, created_at)
                    select gen_random_uuid(), project_id, kind, 'grid ' || n, '', 'Li', fields, created_by, created_at from samples, generate_series(1, 500) n where id = {{common}}
                    """);
                await db.Database.ExecuteSqlAsync($$"""
                    insert into datasets (id, project_id, sample_id, name, notes, metadata_text, kind, format, status, problem, created_by, elements, beam_energy_kev, size_bytes, created_at, acquired_at)
                    select gen_random_uuid(), {{project}}, case when n % 1000 = 7 then {{zinc}} else {{common}} end, 'scan ' || n, case when n % 1000 = 7 then 'rare7' else '' end, '',
                        case when n % 1000 = 7 then 'ebsd-map' else 'image' end, 'mrc', 'Ready', '', {{Owner}}, case when n % 1000 = 7 then array['Og'] else array['Li'] end,
                        case when n % 1000 = 7 then 1000 else 300 end, 1, {{Start}}, {{Start}} + n * interval '1 minute'
                    from generate_series({{number * 2000}}, {{(number * 2000) + 1999}}) n
                    """);
            }

            await using var owner = new Npgsql.NpgsqlConnection(Database.OwnerConnectionString);
            await owner.OpenAsync(Ct);
            await using var vacuum = new Npgsql.NpgsqlCommand("vacuum analyze", owner);
            await vacuum.ExecuteNonQueryAsync(Ct);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
