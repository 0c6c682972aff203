using System.Buffers.Binary;
using System.IO.Compression;
using CryoHub.Formats.Png;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Png;

/// <summary>Pictures for slides: the bar is as long as it says.</summary>
public sealed class PngSignalWriterTests
{
    /// <summary>At 0.5 nm a pixel, 400 pixels are 200 nm, a quarter of which is 50 nm: a bar of 100 pixels.</summary>
    [Theory]
    [InlineData(0.5, "nm", "50 nm", 100)]
    [InlineData(0.0005, "µm", "50 nm", 100)]
    [InlineData(3, "Å", "20 nm", 67)]
    [InlineData(0.02, "µm", "2 µm", 100)]
    public async Task The_scale_bar_is_as_long_as_it_says(double step, string unit, string label, int pixels)
    {
        var (said, rows) = await WriteAsync(Image(400, 300, step, unit));
        Assert.Contains($"the scale bar is {label}.", said, StringComparison.Ordinal);
        Assert.Equal(pixels, rows.Max(row => LongestWhite(row)));
    }

    [Fact]
    public async Task Pixels_without_a_length_get_no_bar()
    {
        var (said, rows) = await WriteAsync(Image(400, 300, 1, ""));
        Assert.Contains("no scale bar", said, StringComparison.Ordinal);
        Assert.All(rows, row => Assert.Equal(0, LongestWhite(row)));
    }

    [Fact]
    public void What_is_no_picture_is_refused_before_anything_is_read()
    {
        Assert.Null(new PngSignalWriter().Refusal(Header(4, 3, 1, "nm")));
        Assert.Contains("one image", new PngSignalWriter().Refusal(Header(4, 3, 1, "nm") with { Axes = [new Axis("x", 4, "nm", AxisRole.Space)] }), StringComparison.Ordinal);
    }

    private static SignalHeader Header(int width, int height, double step, string unit) => new(
        "grey", SignalKind.Image, PixelType.UInt8, [new Axis("y", height, unit, AxisRole.Space, step), new Axis("x", width, unit, AxisRole.Space, step)], AcquisitionMetadata.None, MetadataTree.Empty);

    /// <summary>Half grey, with one white and one black pixel at the top, so that the limits are 0 and 200.</summary>
    private static ArraySignal Image(int width, int height, double step, string unit)
    {
        var pixels = new byte[width * height];
        Array.Fill(pixels, (byte)100);
        (pixels[0], pixels[2]) = (0, 200);
        return new ArraySignal(Header(width, height, step, unit), pixels);
    }

    private static async Task<(string Said, byte[][] Rows)> WriteAsync(ISignal signal)
    {
        using var file = new MemoryStream();
        var said = await new PngSignalWriter().WriteAsync(signal, file, TestContext.Current.CancellationToken);
        return (said!, Decode(file.ToArray(), (int)signal.Header.Shape[1]));
    }

    /// <summary>Rows of an 8-bit grey PNG without filters but the simple ones (PNG specification, 9.2): 0 none, 1 left, 2 up.</summary>
    private static byte[][] Decode(byte[] png, int width)
    {
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var plain = new MemoryStream();
        using (var inflate = new ZLibStream(packed, CompressionMode.Decompress))
        {
            inflate.CopyTo(plain);
        }

        var rows = plain.ToArray().Chunk(width + 1).ToArray();
        for (var y = 0; y < rows.Length; y++)
        {
            Assert.InRange(rows[y][0], 0, 2);
            for (var x = 1; x <= width && rows[y][0] > 0; x++)
            {
                rows[y][x] += rows[y][0] == 1 ? (x > 1 ? rows[y][x - 1] : (byte)0) : (y > 0 ? rows[y - 1][x] : (byte)0);
            }
        }

        return [.. rows.Select(row => row[1..])];
    }

    /// <summary>Longest run of white but for the single pixel at the top.</summary>
    private static int LongestWhite(byte[] row)
    {
        var (longest, run) = (0, 0);
        foreach (var value in row)
        {
            run = value == 255 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest > 1 ? longest : 0;
    }
}
