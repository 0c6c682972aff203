using System.Buffers.Binary;
using System.IO.Compression;
using CryoHub.Formats.DigitalSurf;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.DigitalSurf;

public sealed class DigitalSurfLayoutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false, 16)]
    [InlineData(false, true, 32)]
    [InlineData(true, false, 16)]
    [InlineData(true, false, 32)]
    public async Task Both_byte_orders_widths_and_packings_give_the_same_surface(bool bigEndian, bool packed, int bits)
    {
        var signal = Assert.Single(await OpenAsync(Object(2, 1, 1, [-5, 0, 5, 10, 15, 20], 3, 2, bigEndian, packed, bits)));
        Assert.Equal([2, 3], signal.Header.Shape);
        Assert.Equal(((20 - -5) * 0.5) + 100, (await signal.ValueAtAsync([1, 2], Token)).GetValue<double>());
    }

    [Fact]
    public async Task A_point_that_was_not_measured_is_NaN()
    {
        var signal = (await OpenAsync(Object(2, 1, 1, [-7, 0, 5, 10, 15, 20], 3, 2)))[0];
        Assert.Equal("NaN", (await signal.ValueAtAsync([0, 0], Token)).ToString());
        Assert.Equal(100 + 2.5, (await signal.ValueAtAsync([0, 1], Token)).GetValue<double>());
    }

    [Theory]
    [InlineData(4, 2, new long[] { 2, 6 })]
    [InlineData(5, 2, new long[] { 2, 2, 3 })]
    [InlineData(8, 3, new long[] { 3, 2, 3 })]
    public async Task Series_are_one_signal(int type, int objects, long[] shape)
    {
        var lines = type == 4 ? 1 : 2;
        byte[] file = [.. Enumerable.Range(0, objects).SelectMany(i => Object(type, objects, 1, [i, 1, 2, 3, 4, 5], 6 / lines, lines))];
        var signal = Assert.Single(await OpenAsync(file));
        Assert.Equal(shape, signal.Header.Shape);
        Assert.Equal(((objects - 1 + 5) * 0.5) + 100, (await signal.ValueAtAsync([objects - 1, .. new long[shape.Length - 1]], Token)).GetValue<double>());
    }

    [Fact]
    public async Task A_series_of_colour_images_has_three_objects_a_frame()
    {
        byte[] file = [.. Enumerable.Range(0, 6).SelectMany(i => Object(18, 2, 3, [i, i, i, i, i, i], 3, 2))];
        var signal = Assert.Single(await OpenAsync(file));
        Assert.Equal(PixelType.Rgb8, signal.Header.Pixel);
        Assert.Equal("[104,104,105]", (await signal.ValueAtAsync([1, 1, 2], Token)).ToJsonString());    // 104 and 105 are 104, 104.5, 105 rounded to even
    }

    [Fact]
    public async Task A_bomb_is_refused_with_both_numbers()
    {
        var file = Object(2, 1, 1, [1, 2, 3, 4, 5, 6], 3, 2, packed: true);
        BitConverter.TryWriteBytes(file.AsSpan(512 + 4), 2_000_000_000);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(file));
        Assert.Contains("2000000000 bytes", problem.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(byte[] file) => new DigitalSurfReader().OpenAsync(new MemoryFile("x.sur", file), Token);

    /// <summary>Smallest value -5, half a unit a step, 100 at the smallest.</summary>
    private static byte[] Object(int type, int objects, int channels, int[] points, int columns, int lines, bool bigEndian = false, bool packed = false, int bits = 32)
    {
        var head = new byte[512];
        (packed ? "DSCOMPRESSED"u8 : "DIGITAL SURF"u8).CopyTo(head);
        foreach (var (at, value) in ((int, int)[])[(12, bigEndian ? 257 : 0), (14, objects), (18, type), (80, channels), (86, 1), (98, bits)])
        {
            Write(head.AsSpan(at), value, 2, bigEndian);
        }

        foreach (var (at, value) in ((int, int)[])[(100, -5), (104, 20), (108, columns), (112, lines), (116, points.Length)])
        {
            Write(head.AsSpan(at), value, 4, bigEndian);
        }

        foreach (var (at, value) in ((int, float)[])[(120, 1), (124, 1), (128, 0.5f), (284, 1), (474, 100)])
        {
            Write(head.AsSpan(at), BitConverter.SingleToInt32Bits(value), 4, bigEndian);
        }

        var stored = new byte[points.Length * bits / 8];
        for (var i = 0; i < points.Length; i++)
        {
            Write(stored.AsSpan(i * bits / 8), points[i], bits / 8, bigEndian);
        }

        return [.. head, .. packed ? Packed(stored) : stored];
    }

    private static byte[] Packed(byte[] stored)
    {
        using var bytes = new MemoryStream();
        using (var zlib = new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(stored);
        }

        return [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(stored.Length), .. BitConverter.GetBytes((int)bytes.Length), .. bytes.ToArray()];
    }

    private static void Write(Span<byte> to, int value, int bytes, bool bigEndian)
    {
        Span<byte> all = stackalloc byte[4];
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(all, value);
            all[^bytes..].CopyTo(to);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(all, value);
            all[..bytes].CopyTo(to);
        }
    }
}
