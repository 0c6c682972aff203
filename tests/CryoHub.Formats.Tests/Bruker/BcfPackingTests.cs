using CryoHub.Formats.Bruker;
using CryoHub.Imaging;
using CryoHub.TestKit;
using static CryoHub.Formats.Tests.Bruker.BcfBytes;

namespace CryoHub.Formats.Tests.Bruker;

public sealed class BcfPackingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pulses_of_16_bits_are_counted() => Assert.Equal(Counts((3, 2), (15, 1)), await PixelAsync(0, 3, [.. Short(3), .. Short(15), .. Short(3)]));

    [Fact]
    public async Task Pulses_of_12_bits_are_counted_across_byte_and_word_borders()
    {
        // 003 00F 003 001 as bits, most significant first, is 00 30 0F 00 30 01; the file swaps the bytes of each word.
        Assert.Equal(Counts((3, 2), (15, 1), (1, 1)), await PixelAsync(1, 4, [0x30, 0x00, 0x00, 0x0F, 0x01, 0x30]));
    }

    [Fact]
    public async Task Runs_of_every_width_are_unpacked_with_their_offset()
    {
        // Two zeros; half bytes 1, 2, 3 plus 10; a byte 5 plus 0x0102; a word 7 plus 0x00010000; a double word 9 plus 1; then three more channels are missing.
        byte[] runs =
        [
            0, 2,
            1, 3, 10, 0x21, 0x03,
            2, 1, .. Short(0x0102), 5,
            4, 1, .. Int(0x00010000), .. Short(7),
            8, 1, .. BitConverter.GetBytes(1L), .. Int(9),
        ];
        Assert.Equal(Counts((2, 11), (3, 12), (4, 13), (5, 0x0107), (6, 0x00010007), (7, 10)), await PixelAsync(2, 0, [.. runs, .. Int(0)]));
    }

    [Fact]
    public async Task Pulses_beside_the_runs_are_added() =>
        Assert.Equal(Counts((0, 1), (1, 1), (2, 3)), await PixelAsync(2, 2, [2, 3, .. Short(1), 0, 0, 0, .. Int(4), .. Short(2), .. Short(2)]));

    [Fact]
    public async Task A_map_takes_its_axes_from_the_header_each_in_its_own_direction()
    {
        var signals = await OpenAsync(File(Header(2, 16), (0, 1, Short(1)), (0, 1, Short(2))));
        var header = signals[1].Header;
        Assert.Equal([("y", 0.25, 0.0, "µm"), ("x", 0.5, 0.0, "µm"), ("energy", 0.01, -0.1, "keV")], header.Axes.Select(axis => (axis.Name, axis.Step, axis.Origin, axis.Unit)));
        Assert.Equal((20.0, "2020-02-01T03:04:05"), (header.Metadata.BeamEnergyKeV, header.Metadata.AcquiredAt));
        Assert.Equal("SE", signals[0].Header.Name);
    }

    [Fact]
    public async Task A_count_too_large_for_the_expected_type_widens_the_type()
    {
        // The sum spectrum, all zero, would let one expect bytes.
        var signals = await OpenAsync(File(Header(1, 16), (0, 300, [.. Enumerable.Repeat(Short(4), 300).SelectMany(pulse => pulse)])));
        Assert.Equal(PixelType.UInt16, signals[1].Header.Pixel);
        Assert.Equal("300", (await signals[1].ValueAtAsync([0, 0, 4], Ct)).ToString());
    }

    private static async Task<uint[]> PixelAsync(int packing, int pulses, byte[] data)
    {
        var map = (await OpenAsync(File(Header(1, 16), (packing, pulses, data))))[1];
        var counts = new uint[16];
        for (var channel = 0; channel < 16; channel++)
        {
            counts[channel] = uint.Parse((await map.ValueAtAsync([0, 0, channel], Ct)).ToString(), System.Globalization.CultureInfo.InvariantCulture);
        }

        return counts;
    }

    private static uint[] Counts(params (int Channel, uint Count)[] set)
    {
        var counts = new uint[16];
        foreach (var (channel, count) in set)
        {
            counts[channel] = count;
        }

        return counts;
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(byte[] file) => new BcfReader().OpenAsync(new MemoryFile("x.bcf", file), Ct);
}
