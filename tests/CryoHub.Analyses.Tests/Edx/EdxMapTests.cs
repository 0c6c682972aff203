using System.Buffers.Binary;
using System.IO.Compression;
using CryoHub.Analyses.Edx.Map;
using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Tests.Eels;

namespace CryoHub.Analyses.Tests.Edx;

public sealed class EdxMapTests
{
    private const int Side = 32;

    private static readonly EdxMap Map = new();
    private static readonly EdxPhantom Phantom = new(channels: 1024, step: 20, origin: 0);
    private static readonly float[] Cube = Halves();

    [Fact]
    public async Task Net_maps_show_each_element_where_it_is_and_raw_maps_sum_their_window()
    {
        var net = await Run.Async(Map, Phantom.Signal(Cube, Side, Side), new EdxMapParameters { Elements = ["Si", "Fe"] });
        var raw = await Run.Async(Map, Phantom.Signal(Cube, Side, Side), new EdxMapParameters { Elements = ["Si", "Fe"], Show = MapValue.Raw });

        var silicon = net.Images["Si K net counts"].Pixels;
        var background = silicon.Where((_, pixel) => pixel % Side >= Side / 2).Average(value => (double)value);
        Assert.Equal(400, silicon.Where((_, pixel) => pixel % Side < Side / 2).Average(value => (double)value), 8.0);   // 512 pixels: 1 count; the rest is the model's
        Assert.Equal(0, background, 4.0);

        var window = raw.Images["Si K raw counts"].Pixels;
        var sigma = Math.Sqrt((130.0 * 130) + (2.5 * (1740 - 5898.7))) * 1.0;   // one FWHM to either side
        var (from, to) = ((int)Math.Ceiling((1739.8 - sigma) / 20), (int)Math.Ceiling((1739.8 + sigma) / 20));
        var sums = Enumerable.Range(0, Side * Side).Select(pixel => Cube.Skip(pixel * Phantom.Channels).Take(Phantom.Channels).Skip(from).Take(to - from).Sum(count => (double)count)).ToArray();
        Assert.Equal(sums.Average(), window.Average(value => (double)value), 0.03 * sums.Average());   // the fitted width may move the window by a channel
        Assert.All(window, value => Assert.Equal(MathF.Round(value), value));
    }

    [Fact]
    public async Task The_colour_picture_has_its_colours_a_legend_and_a_scale_bar()
    {
        var results = await Run.Async(Map, Phantom.Signal(Cube, Side, Side), new EdxMapParameters { Elements = ["Si", "Fe"], Colours = ["Fe", "Si"] });

        var (width, pixels) = Decode(results.Files["Colour picture.png"]);
        const int zoom = 512 / Side;
        var (left, right) = (At(pixels, width, 4 * zoom, 4 * zoom), At(pixels, width, (Side - 4) * zoom, 4 * zoom));
        Assert.True(left.Green > 3 * left.Red, $"silicon is green at the left, found {left}");
        Assert.True(right.Red > 3 * right.Green, $"iron is red at the right, found {right}");
        Assert.Equal((255, 40, 40), At(pixels, width, 512 + 10, 10));   // the legend's first swatch
        Assert.Contains((255, 255, 255), Enumerable.Range(0, 512).Select(x => At(pixels, width, x, 512 - 9)));   // the bar: 2 nm a pixel
        Assert.True(width > 512 + 60);
    }

    [Fact]
    public async Task Atomic_percent_can_be_mapped_and_bad_choices_are_named()
    {
        var results = await Run.Async(Map, Phantom.Signal(Cube, Side, Side), new EdxMapParameters { Elements = ["Si", "Fe"], Show = MapValue.Atoms });

        Assert.Equal(100, results.Images["Si at%"].Pixels[3], 15.0);
        Assert.Contains("no map of Cu", await Run.ProblemAsync(Map, Phantom.Signal(Cube, Side, Side), new EdxMapParameters { Elements = ["Si", "Fe"], Colours = ["Cu"] }));
        Assert.Contains("found 7", await Run.ProblemAsync(Map, Phantom.Signal(Cube, Side, Side), new EdxMapParameters { Colours = ["C", "O", "Si", "Fe", "Ti", "Mg", "S"] }));
        Assert.Contains("takes spectrum-image", await Run.ProblemAsync(Map, Phantom.Signal(Cube[..Phantom.Channels]), new EdxMapParameters()));
    }

    [Fact]
    public async Task Maps_of_a_real_cathode_add_up_to_the_counts_of_its_elements()
    {
        var signal = await EelsRun.RealAsync("bruker/Hitachi_TM3030Plus.bcf");

        var results = await Run.Async(Map, signal, new EdxMapParameters { Elements = ["Cu", "Al"] });

        foreach (var name in new[] { "Cu K", "Al K" })
        {
            var (counts, _, error) = results.Numbers[$"{name}: net counts"];
            Assert.Equal(counts, results.Images[$"{name} net counts"].Pixels.Where(float.IsFinite).Sum(value => (double)value), 4 * error!.Value);   // pixels have three pieces of background, the region a dozen
        }
    }

    /// <summary>Silicon at the left, iron at the right: 400 counts of K lines a pixel.</summary>
    private static float[] Halves()
    {
        var iron = new Dictionary<string, double> { ["Fe"] = 1 };
        var left = Phantom.Mean(new Dictionary<string, double> { ["Si"] = 1 }, 400);
        var right = Phantom.Mean(iron, 400 / Phantom.Expected("Fe K", iron, 1));
        var noise = new Noise(21);
        return [.. Enumerable.Range(0, Side * Side).SelectMany(pixel => (pixel % Side < Side / 2 ? left : right).Select(mean => (float)noise.Poisson(mean)))];
    }

    private static (int Red, int Green, int Blue) At(byte[] pixels, int width, int x, int y) =>
        (pixels[((y * width) + x) * 3], pixels[(((y * width) + x) * 3) + 1], pixels[(((y * width) + x) * 3) + 2]);

    /// <summary>A PNG of 8-bit colours with rows stored as they are or as differences to the row above (W3C PNG 9.2).</summary>
    private static (int Width, byte[] Pixels) Decode(byte[] png)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length; at += BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)) + 12)
        {
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(png, at + 8, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)));
            }
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var pixels = new byte[width * height * 3];
        var row = new byte[1 + (width * 3)];
        for (var y = 0; y < height; y++)
        {
            zlib.ReadExactly(row);
            Assert.True(row[0] is 0 or 2);
            for (var i = 0; i < width * 3; i++)
            {
                pixels[(y * width * 3) + i] = (byte)(row[i + 1] + (row[0] == 2 && y > 0 ? pixels[((y - 1) * width * 3) + i] : 0));
            }
        }

        return (width, pixels);
    }
}
