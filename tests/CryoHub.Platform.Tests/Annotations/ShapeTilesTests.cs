using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Shapes.Tiles;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Annotations;

public sealed class ShapeTilesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShapeTile First = new(9, 0, 0);   // 512 pixels

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ShapeTiles Tiles => database.Get<ShapeTiles>();

    [Fact]
    public async Task A_tile_has_what_meets_it_on_its_frame_and_no_more()
    {
        var bench = await Bench.CreateAsync(database);
        var dataset = await bench.DatasetAsync();
        var drawing = database.Get<ShapeDrawing>();
        var ids = (await drawing.DrawAsync(bench.UserId, dataset, 0, [Square(100, 100), Square(100, 300), Square(505, 505)], Ct))!;
        await drawing.TakeAwayAsync(bench.UserId, ids[1], 1, Ct);
        // A tile of 64 pixels with a pixel of margin: the square of 10 pixels at 100 reaches into the second of each row and column.
        Assert.Equal([ids[0]], await IdsAsync(bench.UserId, dataset, new(6, 1, 1)));
        Assert.Equal([], await IdsAsync(bench.UserId, dataset, new(6, 2, 2)));
        Assert.Equal([], await IdsAsync(bench.UserId, dataset, new(6, 1, 4)));
        Assert.Equal([.. new[] { ids[0], ids[2] }.Order()], await IdsAsync(bench.UserId, dataset, First));
        Assert.Equal([ids[0]], await IdsAsync(bench.UserId, dataset, new(6, 1, 1), frame: 0));
    }

    [Fact]
    public async Task Frames_are_told_apart_in_outlines_counts_and_density()
    {
        var bench = await Bench.CreateAsync(database);
        var dataset = await bench.DatasetAsync();
        await ManyAsync(bench.UserId, dataset, 10, 10, 40);
        await database.Scene.ReadAsync(db => db.Shapes.Where(s => s.Layer.DatasetId == dataset && s.Label == "3").ExecuteUpdateAsync(
            set => set.SetProperty(s => s.FirstFrame, 2).SetProperty(s => s.LastFrame, 4), Ct));
        Assert.Equal((9, 10, 9), (await CountAsync(1), await CountAsync(4), await CountAsync(5)));
        Assert.Equal((9, 10), ((await IdsAsync(bench.UserId, dataset, First, 1)).Count, (await IdsAsync(bench.UserId, dataset, First, 4)).Count));
        Assert.Equal((9, 10), (await DenseAsync(1), await DenseAsync(4)));

        async Task<int> CountAsync(int frame) => (await Tiles.CountAsync(bench.UserId, dataset, 0, First.Box, frame, Ct))!.Shapes;
        async Task<long> DenseAsync(int frame) => Read.Density((await Tiles.FindAsync(bench.UserId, dataset, 0, First, frame, density: true, null, Ct))!.Bytes!).Sum();
    }

    [Fact]
    public async Task Too_many_are_counted_no_further_and_told_as_density_which_adds_up()
    {
        var bench = await Bench.CreateAsync(database);
        var dataset = await bench.DatasetAsync();
        await ManyAsync(bench.UserId, dataset, 22_500, 150, 3.4);   // 510 by 510 pixels
        Assert.Equal(new ShapeCount(20_000, true), await Tiles.CountAsync(bench.UserId, dataset, 0, First.Box, null, Ct));
        Assert.Equal(new ShapeCount(9, false), await Tiles.CountAsync(bench.UserId, dataset, 0, new(1, 1, 8, 8), null, Ct));
        var counts = Read.Density((await Tiles.FindAsync(bench.UserId, dataset, 0, First, null, density: false, null, Ct))!.Bytes!);
        Assert.Equal(22_500, counts.Sum());
        // Cells are 8 pixels: middles lie at 0.85 + 3.4 n, so three below 8 and two from there to 16.
        Assert.Equal((9, 6, 6, 4), (counts[0], counts[1], counts[64], counts[65]));
        // A quarter of the tile is drawn again: 77 columns and rows reach into its 256 pixels and the 4 of its margin (76 · 3.4 = 258.4, 77 · 3.4 = 261.8).
        Assert.Equal(77 * 77, (await IdsAsync(bench.UserId, dataset, new(8, 0, 0))).Count);
        Assert.Equal([("", 11_250), ("crystallite", 11_250)], (await Tiles.ClassesAsync(bench.UserId, dataset, 0, Ct))!.Select(c => (c.ClassKey, c.Shapes)));
        Assert.True((await database.Get<ShapeLog>().LayerAsync(bench.UserId, dataset, 0, Ct))!.ByView);
    }

    [Fact]
    public async Task A_known_tile_is_not_sent_again_until_the_layer_changes()
    {
        var bench = await Bench.CreateAsync(database);
        var dataset = await bench.DatasetAsync();
        Assert.Null((await Tiles.FindAsync(bench.UserId, dataset, 0, First, null, false, 0, Ct))!.Bytes);
        await database.Get<ShapeDrawing>().DrawAsync(bench.UserId, dataset, 0, [Square(1, 1)], Ct);
        Assert.NotNull((await Tiles.FindAsync(bench.UserId, dataset, 0, First, null, false, 0, Ct))!.Bytes);
        Assert.Equal(new ShapeTileBytes(1, null), await Tiles.FindAsync(bench.UserId, dataset, 0, First, null, false, 1, Ct));
    }

    [Fact]
    public async Task Density_may_be_one_in_a_hundred_behind_and_no_more()
    {
        var bench = await Bench.CreateAsync(database);
        var dataset = await bench.DatasetAsync();
        await ManyAsync(bench.UserId, dataset, 200, 20, 20);
        Assert.Equal((200, 200), await DenseAsync());
        await database.Get<ShapeDrawing>().DrawAsync(bench.UserId, dataset, 0, [Square(1, 1), Square(2, 2)], Ct);
        Assert.Equal((200, 200), await DenseAsync());
        await database.Get<ShapeDrawing>().DrawAsync(bench.UserId, dataset, 0, [Square(3, 3)], Ct);
        Assert.Equal((203, 203), await DenseAsync());
        Assert.Null((await Tiles.FindAsync(bench.UserId, dataset, 0, First, null, density: true, 203, Ct))!.Bytes);

        async Task<(long Sequence, long Shapes)> DenseAsync()
        {
            var tile = (await Tiles.FindAsync(bench.UserId, dataset, 0, First, null, density: true, null, Ct))!;
            return (tile.Sequence, Read.Density(tile.Bytes!).Sum());
        }
    }

    [Fact]
    public async Task Who_does_not_see_the_picture_sees_no_tile_no_count_and_no_classes()
    {
        var bench = await Bench.CreateAsync(database);
        var (dataset, stranger) = (await bench.DatasetAsync(), await bench.PersonAsync());
        Assert.Null(await Tiles.FindAsync(stranger, dataset, 0, First, null, false, 0, Ct));
        Assert.Null(await Tiles.CountAsync(stranger, dataset, 0, First.Box, null, Ct));
        Assert.Null(await Tiles.ClassesAsync(stranger, dataset, 0, Ct));
    }

    private static ShapeText Square(double x, double y) => new(ShapeKind.Polygon, [[x, y, x + 10, y, x + 10, y + 10, x, y + 10]]);

    private async Task ManyAsync(Guid userId, Guid dataset, int count, int columns, double step)
    {
        await using var db = database.CreateDbContext();
        await ManyShapes.DrawAsync(db, userId, dataset, count, columns, step, Ct);
    }

    private async Task<IReadOnlyList<Guid>> IdsAsync(Guid userId, Guid dataset, ShapeTile tile, int? frame = null) =>
        Read.Ids((await Tiles.FindAsync(userId, dataset, 0, tile, frame, density: false, null, Ct))!.Bytes!);

    /// <summary>The format read the slow and plain way.</summary>
    private ref struct Read(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> left = bytes[4..];

        public static IReadOnlyList<Guid> Ids(byte[] tile)
        {
            Assert.Equal("CHO1"u8, tile.AsSpan(0, 4));
            var read = new Read(tile);
            _ = read.Number();
            for (var classes = read.Number(); classes > 0; classes--)
            {
                read.left = read.left[(int)read.Number()..];
            }

            var ids = new Guid[read.Number()];
            for (var i = 0; i < ids.Length; i++)
            {
                ids[i] = new Guid(read.left[..16], bigEndian: true);
                read.left = read.left[16..];
                _ = read.Number();
                for (var rings = read.Number(); rings > 0; rings--)
                {
                    for (var numbers = 2 * read.Number(); numbers > 0; numbers--)
                    {
                        _ = read.Number();
                    }
                }
            }

            Assert.Equal(0, read.left.Length);
            return [.. ids.Order()];
        }

        public static long[] Density(byte[] tile)
        {
            Assert.Equal("CHD1"u8, tile.AsSpan(0, 4));
            var read = new Read(tile);
            _ = read.Number();
            var counts = new long[64 * 64];
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] = read.Number();
            }

            return counts;
        }

        private long Number()
        {
            var value = 0L;
            for (var shift = 0; ; shift += 7)
            {
                var part = left[0];
                left = left[1..];
                value |= (long)(part & 0x7F) << shift;
                if (part < 0x80)
                {
                    return value;
                }
            }
        }
    }
}
