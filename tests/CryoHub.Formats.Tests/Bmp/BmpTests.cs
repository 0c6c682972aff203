using System.Buffers.Binary;
using CryoHub.Formats.Bmp;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Bmp;

public sealed class BmpTests
{
    [Fact]
    public async Task Rows_come_from_below_and_end_at_four_bytes()
    {
        var signal = await OpenAsync(Bitmap(2, 2, 8, [0, 0, 0, 0, 9, 9, 9, 0, 5, 5, 5, 0], 3, [1, 2, 0, 0, 0, 1, 0, 0]));
        Assert.Equal(PixelType.UInt8, signal.Header.Pixel);
        Assert.Equal([0, 9, 9, 5], await PixelsAsync(signal));
    }

    [Fact]
    public async Task A_negative_height_means_rows_from_above_and_colours_are_turned()
    {
        var signal = await OpenAsync(Bitmap(1, -2, 24, [], 0, [1, 2, 3, 0, 4, 5, 6, 0]));
        Assert.Equal(SignalKind.Photo, signal.Header.Kind);
        Assert.Equal([3, 2, 1, 6, 5, 4], await PixelsAsync(signal));
    }

    [Fact]
    public async Task One_and_four_bits_a_pixel_begin_at_the_high_end()
    {
        Assert.Equal([255, 0, 255], await PixelsAsync(await OpenAsync(Bitmap(3, 1, 1, [0, 0, 0, 0, 255, 255, 255, 0], 2, [0b1010_0000, 0, 0, 0]))));
        Assert.Equal([0, 255], await PixelsAsync(await OpenAsync(Bitmap(2, 1, 4, [0, 0, 0, 0, 255, 255, 255, 0], 2, [0x01, 0, 0, 0]))));
    }

    [Fact]
    public async Task A_pixel_beyond_the_palette_and_too_large_a_size_are_refused()
    {
        await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(Bitmap(1, 1, 8, [0, 0, 0, 0], 1, [1, 0, 0, 0])));
        var huge = Bitmap(1, 1, 8, [0, 0, 0, 0], 1, [0, 0, 0, 0]);
        BinaryPrimitives.WriteInt32LittleEndian(huge.AsSpan(18), int.MaxValue);
        BinaryPrimitives.WriteInt32LittleEndian(huge.AsSpan(22), int.MinValue);
        await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(huge));
    }

    private static async Task<ISignal> OpenAsync(byte[] file) => (await new BmpReader().OpenAsync(new MemoryFile("a.bmp", file), TestContext.Current.CancellationToken))[0];

    private static async Task<byte[]> PixelsAsync(ISignal signal)
    {
        var pixels = new byte[signal.Header.FrameBytes];
        await signal.ReadFrameAsync(0, pixels, TestContext.Current.CancellationToken);
        return pixels;
    }

    private static byte[] Bitmap(int width, int height, ushort bits, byte[] palette, int colours, byte[] pixels)
    {
        var head = new byte[54];
        "BM"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(10), 54 + palette.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(26), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(28), bits);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(46), colours);
        return [.. head, .. palette, .. pixels];
    }
}
