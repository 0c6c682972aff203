using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Datasets;

public sealed class DatasetListTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, DatasetFilter, string[]> Filters { get; } = new()
    {
        { "kind", new DatasetFilter { Kind = "tilt-series" }, ["tilt"] },
        { "metal of the sample", new DatasetFilter { Metal = "Na" }, ["edx"] },
        { "element", new DatasetFilter { Element = "Fe" }, ["edx"] },
        { "beam energy from", new DatasetFilter { MinBeamEnergyKeV = 250 }, ["lattice", "tilt"] },
        { "beam energy range", new DatasetFilter { MinBeamEnergyKeV = 60, MaxBeamEnergyKeV = 200 }, ["edx"] },
        { "date range", new DatasetFilter { From = March.AddDays(1), To = March.AddDays(2) }, ["lattice"] },
        { "date in another zone", new DatasetFilter { From = March.AddDays(1).ToOffset(TimeSpan.FromHours(9)), To = March.AddDays(2) }, ["lattice"] },
        { "word of the metadata", new DatasetFilter { Text = "titan" }, ["tilt"] },
        { "beginning of a word of the name, notes as well", new DatasetFilter { Text = "dendr lat" }, ["lattice"] },
        { "part of a file name", new DatasetFilter { Text = "STOimage" }, ["lattice"] },
        { "no words, no filter", new DatasetFilter { Text = " ,;" }, ["edx", "lattice", "tilt"] },
        { "text query operators are words", new DatasetFilter { Text = "titan & !(" }, ["tilt"] },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_finds_what_it_names(string what, DatasetFilter filter, string[] expected)
    {
        Assert.NotEmpty(what);
        var (owner, project) = await ThreeDatasetsAsync();
        var found = await database.Get<DatasetCatalog>()
            .ListAsync(owner, filter with { ProjectId = project, Order = DatasetOrder.Name }, PageRequest.First, Ct);
        Assert.Equal(expected, found.Items.Select(d => d.Name.Split(' ')[0]));
        Assert.Equal(expected.Length, found.Total);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var (owner, project) = await ThreeDatasetsAsync();
        foreach (var order in Enum.GetValues<DatasetOrder>())
        {
            var filter = new DatasetFilter { ProjectId = project, Order = order };
            var pages = new List<Guid>();
            for (var skip = 0; skip < 3; skip++)
            {
                pages.AddRange((await database.Get<DatasetCatalog>().ListAsync(owner, filter, new PageRequest(skip, 1), Ct)).Items.Select(d => d.Id));
            }

            Assert.Equal((await database.Get<DatasetCatalog>().ListAsync(owner, filter, PageRequest.First, Ct)).Items.Select(d => d.Id), pages);
        }
    }

    [Fact]
    public async Task What_still_arrives_is_seen_by_nobody()
    {
        var (owner, project) = await ThreeDatasetsAsync();
        var arriving = await database.Scene.DatasetAsync(project, also: d => d.Status = DatasetStatus.Receiving);
        Assert.Null(await database.Get<DatasetCatalog>().FindAsync(owner, arriving, Ct));
        Assert.Equal(3, (await database.Get<DatasetCatalog>().ListAsync(owner, new DatasetFilter { ProjectId = project }, PageRequest.First, Ct)).Total);
    }

    [Fact]
    public async Task The_breadcrumb_follows_the_chain_of_samples()
    {
        var (owner, project) = await ThreeDatasetsAsync();
        var cell = await database.Scene.SampleAsync(project, "Cell");
        var dataset = await database.Scene.DatasetAsync(project, sampleId: await database.Scene.SampleAsync(project, "Grid", cell));
        var details = await database.Get<DatasetCatalog>().FindAsync(owner, dataset, Ct);
        Assert.Equal(["Project", "Cell", "Grid"], details!.Breadcrumb.Select(crumb => crumb.Name));
        Assert.Equal($"/samples/{cell}", details.Breadcrumb[1].Href);
        Assert.True(details.CanEdit);
    }

    private async Task<(Guid Owner, Guid Project)> ThreeDatasetsAsync()
    {
        var scene = database.Scene;
        var owner = await scene.PersonAsync("owner");
        var project = await scene.ProjectAsync(await scene.LabAsync((owner, LabRole.Owner)));
        var sodium = await scene.SampleAsync(project, metal: "Na");
        await scene.DatasetAsync(project, "tilt HAADF.dm3", also: d =>
        {
            (d.Kind, d.BeamEnergyKeV, d.MetadataText, d.AcquiredAt) = ("tilt-series", 300, "Microscope FEI Titan", March);
        });
        await scene.DatasetAsync(project, "edx 0.bcf", sodium, d =>
        {
            (d.Kind, d.BeamEnergyKeV, d.Elements, d.AcquiredAt) = ("spectrum-image", 200, ["Fe", "Si"], March.AddDays(5));
        });
        await scene.DatasetAsync(project, "lattice 16_STOimage_1.ser", also: d =>
        {
            (d.Notes, d.BeamEnergyKeV, d.AcquiredAt) = ("on a dendrite", 300, March.AddDays(1).AddHours(3));
        });
        return (owner, project);
    }
}
