using CryoHub.Formats.Png;
using CryoHub.Formats.Tests.Contract;
using CryoHub.Imaging;
using CryoHub.Imaging.Pictures;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Png;

public sealed class PngReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1, PixelType.UInt8)]
    [InlineData(0, 2, PixelType.UInt8)]
    [InlineData(0, 4, PixelType.UInt8)]
    [InlineData(0, 8, PixelType.UInt8)]
    [InlineData(0, 16, PixelType.UInt16)]
    [InlineData(2, 8, PixelType.Rgb8)]
    [InlineData(2, 16, PixelType.Rgba16)]
    [InlineData(4, 8, PixelType.Rgba8)]
    [InlineData(4, 16, PixelType.Rgba16)]
    [InlineData(6, 8, PixelType.Rgba8)]
    [InlineData(6, 16, PixelType.Rgba16)]
    public async Task Every_colour_type_filter_and_pass_gives_the_samples_that_went_in(int colour, int bits, PixelType pixel)
    {
        const int Width = 13, Height = 11;
        int Sample(int x, int y, int channel) => ((x * 7919) + (y * 104_729) + (channel * 1_299_709)) & ((1 << bits) - 1);
        foreach (var interlaced in (bool[])[false, true])
        {
            var signal = await OpenAsync(PngBytes.File(Width, Height, bits, colour, interlaced, Sample));
            Assert.Equal(pixel, signal.Header.Pixel);
            Assert.Equal([Height, Width], signal.Header.Shape);
            Assert.Equal(SignalKind.Photo, signal.Header.Kind);
            var full = (1 << bits) - 1;
            for (var at = 0; at < Width * Height; at++)
            {
                var (x, y) = (at % Width, at / Width);
                var found = (await signal.ValueAtAsync([y, x], Token)).ToJsonString();
                var expected = colour switch
                {
                    0 => $"{Sample(x, y, 0)}",
                    2 when bits == 8 => $"[{Sample(x, y, 0)},{Sample(x, y, 1)},{Sample(x, y, 2)}]",
                    2 => $"[{Sample(x, y, 0)},{Sample(x, y, 1)},{Sample(x, y, 2)},{full}]",
                    4 => $"[{Sample(x, y, 0)},{Sample(x, y, 0)},{Sample(x, y, 0)},{Sample(x, y, 1)}]",
                    _ => $"[{Sample(x, y, 0)},{Sample(x, y, 1)},{Sample(x, y, 2)},{Sample(x, y, 3)}]",
                };
                Assert.Equal(expected, found);
            }
        }
    }

    [Fact]
    public async Task A_palette_gives_its_colours_and_their_transparency()
    {
        var signal = await OpenAsync(PngBytes.File(3, 1, 2, 3, false, (x, _, _) => x, ("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9]), ("tRNS", [255, 128])));
        Assert.Equal("[4,5,6,128]", (await signal.ValueAtAsync([0, 1], Token)).ToJsonString());
        Assert.Equal("[7,8,9,255]", (await signal.ValueAtAsync([0, 2], Token)).ToJsonString());
    }

    [Fact]
    public async Task Texts_are_kept_and_print_resolution_does_not_calibrate()
    {
        var file = PngBytes.File(2, 2, 8, 0, false, (x, y, _) => x + y, ("tEXt", [.. "Title\0cell 7"u8]), ("iTXt", [.. "Note\0\0\0de\0Notiz\0Spannung 4 µV"u8]), ("pHYs", [0, 0, 11, 19, 0, 0, 11, 19, 1]));
        var signal = await OpenAsync(file);
        Assert.Equal("cell 7", signal.Header.Original.Find("Text", "Title")!.ToString());
        Assert.Equal("Spannung 4 µV", signal.Header.Original.Find("Text", "Note")!.ToString());
        Assert.All(signal.Header.Axes, axis => Assert.False(axis.IsCalibrated));
    }

    [Fact]
    public async Task Our_own_pictures_come_back()
    {
        var pixels = Enumerable.Range(0, 6 * 4 * 3).Select(i => (byte)(i * 3)).ToArray();
        var signal = await OpenAsync(PngWriter.Write(pixels, 6, 4, PngColour.Rgb));
        var back = new byte[pixels.Length];
        await signal.ReadFrameAsync(0, back, Token);
        Assert.Equal(pixels, back);
    }

    [Fact]
    public async Task Cut_damaged_and_boastful_pictures_are_refused_or_read()
    {
        var file = PngBytes.File(40, 30, 8, 2, true, (x, y, c) => x ^ y ^ c);
        for (var cut = 1; cut < file.Length; cut += 3)
        {
            await Hostile.TryAsync(new MemoryFile("x.png", file.AsMemory(0, cut)), $"cut at {cut}");
        }

        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var damaged = file.ToArray();
            damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);
            await Hostile.TryAsync(new MemoryFile("x.png", damaged), $"round {round}");
        }

        BitConverter.TryWriteBytes(file.AsSpan(16), 0x00100000);     // 4096 columns and as many rows, big endian
        BitConverter.TryWriteBytes(file.AsSpan(20), 0x00100000);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new PngReader().OpenAsync(new MemoryFile("x.png", file), Token));
        Assert.Contains("deflate cannot do that", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<ISignal> OpenAsync(byte[] file)
    {
        var source = new MemoryFile("x.png", file);
        return Assert.Single(await (await FormatCatalog.DetectAsync(source, Token)).OpenAsync(source, Token));
    }
}
