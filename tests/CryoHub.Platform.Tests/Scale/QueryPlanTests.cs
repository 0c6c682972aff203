using CryoHub.Platform.Datasets;
using CryoHub.Platform.Provenance;
using CryoHub.TestKit.Scale;

namespace CryoHub.Platform.Tests.Scale;

/// <summary>
/// A page must not cost more because other labs have more. On a seeded site of four labs, 20,000 data sets and 100,000 steps the planner's own plan of every command that a page causes is read:
/// nothing big is read from end to end.
/// </summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private const int Labs = 4;

    private readonly PlanWatch watch = new();
    private ScaleDatabase site = null!;

    public async ValueTask InitializeAsync() => site = await ScaleDatabase.OpenAsync(Labs, options => options.AddInterceptors(watch), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public Task The_page_of_a_sample_asks_indexes() => CheckAsync(async (pages, items, ct) => await pages.SampleAsync(items.Samples[0].Id, ct));

    [Fact]
    public Task The_page_of_a_data_set_asks_indexes() => CheckAsync(async (pages, items, ct) => await pages.DatasetAsync(items.Datasets[0], ct));

    [Fact]
    public Task The_graph_of_an_item_asks_indexes() => CheckAsync(async (pages, items, ct) =>
    {
        await pages.GraphAsync(NodeKind.Sample, items.Samples[0].Id, ct);
        await pages.GraphAsync(NodeKind.Dataset, items.Datasets[0], ct);
    });

    [Fact]
    public Task Lists_of_a_project_ask_indexes() => CheckAsync(async (pages, items, ct) =>
    {
        await pages.DatasetsAsync(new DatasetFilter { ProjectId = items.Samples[0].ProjectId }, ct);
        await pages.SamplesAsync(items.Samples[0].ProjectId, ct);
        await pages.StepsAsync(items.Samples[0].ProjectId, ct);
    });

    [Fact]
    public Task Filtered_lists_ask_indexes() => CheckAsync(async (pages, _, ct) =>
    {
        await pages.DatasetsAsync(new DatasetFilter { Kind = "spectrum-image", MinBeamEnergyKeV = 300 }, ct);
        await pages.DatasetsAsync(new DatasetFilter { Kind = "tilt-series", Element = "O" }, ct);
    });

    /// <summary>Sorting all that somebody of every lab sees took seconds on 1,000,000 data sets.</summary>
    [Fact]
    public async Task The_newest_of_all_labs_are_walked_in_order_and_counted_without_their_rows()
    {
        var ct = TestContext.Current.CancellationToken;
        var already = watch.Indexes.Count;
        await new SitePages(site, await site.EverywhereAsync(Labs)).DatasetsAsync(new DatasetFilter(), ct);
        var asked = watch.Indexes.Skip(already).ToList();
        Assert.Contains("ix_datasets_arrived", asked);
        Assert.Contains("ix_datasets_arrived_in_project", asked);
        Assert.Empty(watch.SequentialScans);
    }

    [Fact]
    public Task Search_asks_indexes() => CheckAsync(async (pages, _, ct) => await pages.SearchAsync("run37", ct));

    [Fact]
    public Task Recording_a_step_asks_indexes() => CheckAsync(async (pages, items, ct) =>
        await pages.RecordAsync(items.Samples[0].ProjectId, items.Samples[0].Id, new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), ct));

    private async Task CheckAsync(Func<SitePages, (IReadOnlyList<(Guid Id, Guid ProjectId)> Samples, IReadOnlyList<Guid> Datasets), CancellationToken, Task> visit)
    {
        var ct = TestContext.Current.CancellationToken;
        var pages = new SitePages(site, await site.MemberAsync(Labs));
        var items = await pages.ItemsAsync(1, ct);
        var (before, already) = (watch.Plans, watch.SequentialScans.Count);
        await visit(pages, items, ct);
        Assert.True(watch.Plans > before);
        Assert.Empty(watch.SequentialScans.Skip(already));
    }
}
