using System.Buffers.Binary;
using System.IO.Compression;
using CryoHub.Formats.Tiff;
using CryoHub.Imaging;
using CryoHub.TestKit;
using Tag = CryoHub.Formats.Tests.Tiff.TiffBytes.Tag;

namespace CryoHub.Formats.Tests.Tiff;

public sealed class TiffPixelsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sixteen_bits_are_read_in_either_byte_order(bool bigEndian)
    {
        var pixels = new byte[2 * 6];
        for (var i = 0; i < 6; i++)
        {
            var value = (ushort)((1000 * i) + 7);
            if (bigEndian)
            {
                BinaryPrimitives.WriteUInt16BigEndian(pixels.AsSpan(2 * i), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(pixels.AsSpan(2 * i), value);
            }
        }

        var signal = await OpenAsync(TiffBytes.Grey(3, 2, 16, pixels, bigEndian));
        Assert.Equal(5007, await ValueAsync(signal, [1, 2]));
        Assert.Equal(1007, await ValueAsync(signal, [0, 1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Tiles_that_stick_out_are_cut(int compression)
    {
        // 20 x 18 pixels in tiles of 16 x 16: pixel (y, x) holds 10 y + x; what sticks out holds 255.
        var tiff = new TiffBytes();
        var (offsets, counts) = (new double[4], new double[4]);
        for (var tile = 0; tile < 4; tile++)
        {
            var pixels = Enumerable.Range(0, 256).Select(i => (Y: (tile / 2 * 16) + (i / 16), X: (tile % 2 * 16) + (i % 16))).Select(p => p.Y < 18 && p.X < 20 ? (byte)((10 * p.Y) + p.X) : (byte)255).ToArray();
            var stored = compression == 8 ? Deflated(pixels) : pixels;
            (offsets[tile], counts[tile]) = (tiff.Append(stored), stored.Length);
        }

        tiff.Page(TiffBytes.Tags(20, 18, 8, 8, 256, new(259, 3, compression), new(322, 4, 16), new(323, 4, 16), new(324, 4, offsets), new(325, 4, counts)));
        var signal = await OpenAsync(tiff.ToArray());
        var frame = new byte[20 * 18];
        await signal.ReadFrameAsync(0, frame, Ct);
        Assert.Equal(Enumerable.Range(0, 18 * 20).Select(i => (byte)((10 * (i / 20)) + (i % 20))), frame);
    }

    [Fact]
    public async Task Twelve_bits_are_unpacked_and_rows_begin_on_a_byte()
    {
        // Rows of three pixels, 36 bits in 5 bytes: 0xABC 0x123 0xDEF, then 0x001 0x800 0xFFF.
        var signal = await OpenAsync(TiffBytes.Grey(3, 2, 12, [0xAB, 0xC1, 0x23, 0xDE, 0xF0, 0x00, 0x18, 0x00, 0xFF, 0xF0]));
        Assert.Equal(PixelType.UInt16, signal.Header.Pixel);
        var values = await ValuesAsync(signal, 2, 3);
        Assert.Equal([0xABC, 0x123, 0xDEF, 0x001, 0x800, 0xFFF], values);
    }

    [Fact]
    public async Task Colours_in_planes_are_interleaved()
    {
        var tiff = new TiffBytes();
        var offsets = new double[] { tiff.Append([1, 2]), tiff.Append([3, 4]), tiff.Append([5, 6]) };
        tiff.Page(TiffBytes.Tags(2, 1, 8, 8, 2, new(258, 3, 8, 8, 8), new(262, 3, 2), new(273, 4, offsets), new(277, 3, 3), new(279, 4, 2, 2, 2), new(284, 3, 2)));
        var signal = await OpenAsync(tiff.ToArray());
        var frame = new byte[6];
        await signal.ReadFrameAsync(0, frame, Ct);
        Assert.Equal(PixelType.Rgb8, signal.Header.Pixel);
        Assert.Equal([1, 3, 5, 2, 4, 6], frame);
    }

    [Fact]
    public async Task Samples_that_are_no_colours_become_an_axis_of_channels()
    {
        var signal = await OpenAsync(TiffBytes.Grey(2, 1, 16, [1, 0, 2, 0, 3, 0, 4, 0], false, new Tag(258, 3, 16, 16), new Tag(277, 3, 2)));
        Assert.Equal([2L, 1, 2], signal.Header.Shape);
        Assert.Equal(2, await ValueAsync(signal, [1, 0, 0]));
        Assert.Equal(3, await ValueAsync(signal, [0, 0, 1]));
    }

    [Fact]
    public async Task A_hyperstack_with_one_directory_is_read_to_its_end()
    {
        // ImageJ above 4 GiB: the first page is described, the others follow it. 3 slices of 2 channels, page number in every pixel.
        var pixels = Enumerable.Range(0, 6).SelectMany(page => Enumerable.Repeat((byte)page, 4)).ToArray();
        const string Text = "ImageJ=1.53c\nimages=6\nchannels=2\nslices=3\nhyperstack=true\nunit=nm\nspacing=2.5\n";
        var signal = await OpenAsync(TiffBytes.Grey(2, 2, 8, pixels, false, Tag.Of(270, Text), new Tag(279, 4, 4), new Tag(282, 5, 4), new Tag(283, 5, 4)));
        Assert.Equal([3L, 2, 2, 2], signal.Header.Shape);
        Assert.Equal(["z", "channel", "y", "x"], signal.Header.Axes.Select(axis => axis.Name));
        Assert.Equal((2.5, "nm"), (signal.Header.Axes[0].Step, signal.Header.Axes[0].Unit));
        Assert.Equal((0.25, "nm"), (signal.Header.Axes[3].Step, signal.Header.Axes[3].Unit));
        Assert.Equal(5, await ValueAsync(signal, [2, 1, 0, 0]));
        Assert.Equal(2, await ValueAsync(signal, [1, 0, 1, 1]));
    }

    private static byte[] Deflated(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static async Task<ISignal> OpenAsync(byte[] file) => Assert.Single(await new TiffReader().OpenAsync(new MemoryFile("x.tif", file), Ct));

    private static async Task<int> ValueAsync(ISignal signal, long[] index) => int.Parse((await signal.ValueAtAsync(index, Ct)).ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<int[]> ValuesAsync(ISignal signal, int height, int width)
    {
        var values = new int[height * width];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = await ValueAsync(signal, [i / width, i % width]);
        }

        return values;
    }
}
