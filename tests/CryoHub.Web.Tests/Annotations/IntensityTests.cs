using CryoHub.Imaging.Shapes;
using CryoHub.Platform.Annotations;
using CryoHub.Web.Tests.Painting;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Annotations;

/// <summary>A picture whose pixel in column x and row y is x + 1000 (y mod 2); expected numbers are sums of an arithmetic series.</summary>
public sealed class IntensityTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shape_tells_the_pixel_values_under_it_and_the_table_has_them_as_columns()
    {
        var world = await PaintWorld.MakeAsync(app, (x, y) => x + (1000 * (y % 2)));
        var drawing = app.Services.GetRequiredService<ShapeDrawing>();
        // Columns 250 to 269 across the edge of two chunks, rows 100 to 103: twenty columns, two rows of each kind.
        var ids = (await drawing.DrawAsync(world.Ada, world.Dataset, 0, [new(ShapeKind.Rectangle, [[250, 100, 270, 100, 270, 104, 250, 104]]), new(ShapeKind.Point, [[12.5, 7.5]])], Ct))!;
        var log = app.Services.GetRequiredService<ShapeIntensities>();
        var area = (await log.FindAsync(world.Ada, ids[0], Ct))!.Intensity!;
        Assert.Equal((80, 250, 1269), (area.Pixels, area.Min!.Value, area.Max!.Value));
        Assert.Equal(259.5 + 500, area.Mean!.Value, 1e-9);
        Assert.Equal(80 * 759.5, area.Integral!.Value, 1e-6);
        // Variance of 20 whole numbers in a row is (400 - 1) / 12, of the two kinds of rows 500 squared; divided by 79 instead of 80.
        Assert.Equal(Math.Sqrt(((399 / 12.0) + 250_000) * 80 / 79), area.StandardDeviation!.Value, 1e-9);
        Assert.Equal(1012, (await log.FindAsync(world.Ada, ids[1], Ct))!.Intensity!.Mean);
        Assert.Null(await log.FindAsync(await app.PersonAsync($"stranger-{world.Dataset:N}"), ids[0], Ct));

        var csv = System.Text.Encoding.UTF8.GetString((await app.Services.GetRequiredService<ShapeFiles>().CsvAsync(world.Ada, world.Dataset, 0, withIntensity: true, Ct))!).Split('\n');
        Assert.EndsWith(",pixels,mean,standard deviation,minimum,maximum,integral", csv[0], StringComparison.Ordinal);
        Assert.EndsWith(",1,1012,,1012,1012,1012", csv[2], StringComparison.Ordinal);
        Assert.Equal(csv[0].Count(c => c == ','), csv[1].Count(c => c == ','));
        Assert.Equal("", csv[3]);
    }
}
