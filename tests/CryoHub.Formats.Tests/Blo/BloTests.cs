using System.Buffers.Binary;
using CryoHub.Formats.Blo;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Blo;

public sealed class BloTests
{
    [Fact]
    public async Task A_file_with_the_high_byte_first_is_read_and_its_overview_too()
    {
        var signals = await OpenAsync(File());
        Assert.Equal([1, 2, 2, 2], signals[0].Header.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], await signals[0].ValuesAsync());
        Assert.Equal([70, 80], await signals[1].ValuesAsync());
        Assert.Equal((200, 2.5, "nm"), (signals[0].Header.Metadata.BeamEnergyKeV, signals[0].Header.Axes[1].Step, signals[0].Header.Axes[1].Unit));
        Assert.Equal(100.0 / 6226, signals[0].Header.Axes[3].Step, 1e-15);
    }

    [Fact]
    public async Task A_scan_that_was_broken_off_is_refused_with_the_numbers()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(File()[..^3]));
        Assert.Contains("the file holds", problem.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(byte[] file) => new BloReader().OpenAsync(new MemoryFile("x.blo", file), TestContext.Current.CancellationToken);

    private static byte[] File()
    {
        var header = new byte[256];
        "IMGBLO"u8.CopyTo(header);
        Word(6, 0x0102);
        Long(8, 256);
        Long(12, 258);
        Word(20, 2);
        Word(24, 2);
        Word(26, 1);
        BinaryPrimitives.WriteDoubleBigEndian(header.AsSpan(30), 2.5);
        BinaryPrimitives.WriteDoubleBigEndian(header.AsSpan(38), 2.5);
        Long(46, 200_000);
        Word(50, 6226);
        return [.. header, 70, 80, 0x55, 0xAA, 0, 0, 0, 0, 1, 2, 3, 4, 0x55, 0xAA, 0, 0, 0, 1, 5, 6, 7, 8];

        void Word(int at, int value) => BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(at), (ushort)value);
        void Long(int at, int value) => BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(at), value);
    }
}
