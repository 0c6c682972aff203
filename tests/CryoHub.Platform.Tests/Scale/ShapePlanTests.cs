using CryoHub.Imaging.Shapes.Tiles;
using CryoHub.Platform.Annotations;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CryoHub.Platform.Tests.Scale;

/// <summary>A view costs what it shows: among 60,000 shapes on three pictures of the same size the planner goes down the index of layer and place, and counts without a look at the rows.</summary>
public sealed class ShapePlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_view_walks_the_spatial_index()
    {
        var ct = TestContext.Current.CancellationToken;
        var bench = await Bench.CreateAsync(database);
        var dataset = await bench.DatasetAsync();
        await using (var db = database.CreateDbContext())
        {
            foreach (var picture in new[] { dataset, await bench.DatasetAsync("other"), await bench.DatasetAsync("third") })
            {
                await ManyShapes.DrawAsync(db, bench.UserId, picture, 20_000, 200, 20, ct);
            }
        }

        await using (var owner = new NpgsqlConnection(database.OwnerConnectionString))
        {
            await owner.OpenAsync(ct);
            await using var vacuum = new NpgsqlCommand("vacuum analyze shapes", owner);   // what PostgreSQL does by itself within a minute
            await vacuum.ExecuteNonQueryAsync(ct);
        }

        var watch = new PlanWatch();
        // How many rows must be looked at after all depends on what other tests' transactions keep from the vacuum; bitmaps, which pay then, are forbidden, so that the plan shows what the index can answer.
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c enable_bitmapscan=off" }.ConnectionString;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Database:ConnectionString", connection)]).Build();
        await using var services = new ServiceCollection().AddLogging().AddPlatform(configuration).ConfigureDbContext<CryoHubDb>(options => options.AddInterceptors(watch)).BuildServiceProvider();
        var tiles = services.GetRequiredService<ShapeTiles>();
        var tile = new ShapeTile(8, 3, 3);   // 256 of 4,000 pixels
        async Task<(int Asked, int Alone)> LookAsync(Func<Task> ask)
        {
            var (asked, alone) = (watch.Indexes.Count, watch.IndexesAlone.Count);
            await ask();
            return (watch.Indexes.Skip(asked).Count(i => i == "ix_shapes_view"), watch.IndexesAlone.Skip(alone).Count(i => i == "ix_shapes_view"));
        }

        Assert.Equal(1, (await LookAsync(() => tiles.FindAsync(bench.UserId, dataset, 0, tile, 0, density: false, null, ct))).Asked);
        Assert.Equal((1, 1), await LookAsync(() => tiles.FindAsync(bench.UserId, dataset, 0, tile, 0, density: true, null, ct)));
        Assert.Equal((1, 1), await LookAsync(() => tiles.CountAsync(bench.UserId, dataset, 0, tile.Box, 0, ct)));
        await tiles.ClassesAsync(bench.UserId, dataset, 0, ct);
        Assert.Contains("ix_shapes_class", watch.IndexesAlone);
        Assert.Empty(watch.SequentialScans);
    }
}
