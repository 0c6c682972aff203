using System.Buffers.Binary;
using System.Text;
using CryoHub.Formats.Mib;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Mib;

public sealed class MibTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A raw frame of 64 columns and two rows whose pixel number i (rows from the bottom) counts i.</summary>
    [Theory]
    [InlineData(6, "uint8")]
    [InlineData(12, "uint16")]
    [InlineData(24, "uint32")]
    public async Task Raw_words_hold_their_last_pixel_first(int depth, string type)
    {
        var pixels = Enumerable.Range(0, 128).Select(i => depth == 6 ? i % 64 : depth == 12 ? 31 * i : (1000 * i) + 4096).ToArray();
        byte[] stored = depth switch
        {
            6 => [.. pixels.Chunk(8).SelectMany(word => word.Reverse()).Select(pixel => (byte)pixel)],
            12 => Twelve(pixels),
            _ => [.. Twelve([.. pixels.Select(pixel => pixel >> 12)]), .. Twelve([.. pixels.Select(pixel => pixel & 0xFFF)])],
        };
        var signal = await OpenAsync([.. Head("R64", 64, 2, depth), .. stored]);
        Assert.Equal(type, signal.Header.Pixel.Name());
        Assert.Equal([.. pixels[64..].Concat(pixels[..64]).Select(pixel => (double)pixel)], await signal.ValuesAsync());
    }

    [Fact]
    public async Task A_raw_frame_of_one_bit_has_64_pixels_a_word()
    {
        var word = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(word, (1UL << 63) | 0b101);
        var values = await (await OpenAsync([.. Head("R64", 64, 1, 1), .. word])).ValuesAsync();
        Assert.Equal([0, 2, 63], Enumerable.Range(0, 64).Where(i => values[i] == 1));
    }

    [Fact]
    public async Task A_raw_file_of_four_chips_shows_what_the_processed_file_of_the_same_detector_shows()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var raw = await FileAsync("Quad_1_Frame_CounterDepth_1_Rows_256RAW.mib");
        var processed = await FileAsync("Quad_1_Frame_CounterDepth_1_Rows_256.mib");
        for (var quarter = 0; quarter < 4; quarter++)
        {
            // Noise and dead pixels of a chip stay where they are from one exposure to the next; any other place or turn correlates below 0.51.
            Assert.True(Correlation(Quarter(raw, quarter), Quarter(processed, quarter)) > 0.95, $"quarter {quarter}");
        }

        var single = await FileAsync("Single_9_Frame_CounterDepth_1_Rows_256RAW.mib");
        Assert.True(Correlation(single, await FileAsync("Single_9_Frame_CounterDepth_1_Rows_256.mib")) > 0.95);
    }

    [Fact]
    public async Task A_raw_file_without_a_stated_depth_is_refused()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync([.. Head("R64", 64, 1, null), .. new byte[64]]));
        Assert.Contains("counter depth", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_scan_that_was_broken_off_are_left_out()
    {
        byte[] frame = [.. Head("U08", 2, 1, 6), 1, 2];
        Dictionary<string, byte[]> beside = new() { ["x.hdr"] = Encoding.ASCII.GetBytes("HDR,\t\nScanX:\t3\nScanY:\t4\nEnd\t\n") };
        byte[] file = [.. Enumerable.Repeat(frame, 8).SelectMany(bytes => bytes)];
        var signal = Assert.Single(await new MibReader().OpenAsync(new MemoryFile("x.mib", file, beside), Ct));
        Assert.Equal([2, 3, 1, 2], signal.Header.Shape);
    }

    private static async Task<double[]> FileAsync(string name)
    {
        using var file = new FolderFile(SharedData.PathOf($"mib/{name}"));
        return [.. await Assert.Single(await new MibReader().OpenAsync(file, Ct)).ValuesAsync()];
    }

    private static double[] Quarter(double[] image, int quarter) =>
        [.. from y in Enumerable.Range(quarter / 2 * 256, 256) from x in Enumerable.Range(quarter % 2 * 256, 256) select image[(y * 512) + x]];

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var products = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return products / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }

    private static async Task<ISignal> OpenAsync(byte[] file) => Assert.Single(await new MibReader().OpenAsync(new MemoryFile("x.mib", file), Ct));

    private static byte[] Twelve(int[] pixels) => [.. pixels.Chunk(4).SelectMany(word => word.Reverse()).SelectMany(pixel => (byte[])[(byte)(pixel >> 8), (byte)pixel])];

    private static byte[] Head(string type, int columns, int rows, int? depth)
    {
        var text = FormattableString.Invariant($"MQ1,000001,00384,01,{columns:0000},{rows:0000},{type},   1x1,01,2024-01-02 03:04:05.000000,0.001000,0,0,0,");
        return Encoding.ASCII.GetBytes((depth is null ? text : $"{text}MQ1A,2024-01-02T03:04:05.000000000Z,1000000ns,{depth},").PadRight(384, '\0'));
    }
}
