using System.Buffers.Binary;
using CryoHub.Formats.Em;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Em;

public sealed class EmTests
{
    [Theory]
    [InlineData(6, false)]
    [InlineData(3, true)]
    [InlineData(5, true)]
    public async Task The_machine_decides_the_byte_order_and_the_parameters_are_divided_out(int machine, bool bigEndian)
    {
        var file = new byte[512 + 4];
        (file[0], file[3]) = ((byte)machine, 2);
        foreach (var (offset, value) in ((int, int)[])[(4, 2), (8, 1), (12, 1), (96, 300_000), (96 + (4 * 6), 684), (96 + (4 * 18), -12_500)])
        {
            Put(file.AsSpan(offset), value);
        }

        byte[] pixels = bigEndian ? [1, 0, 0xFF, 0xFE] : [0, 1, 0xFE, 0xFF];
        pixels.CopyTo(file, 512);
        var signal = Assert.Single(await new EmReader().OpenAsync(new MemoryFile("x.em", file), TestContext.Current.CancellationToken));
        Assert.Equal([256, -2], await signal.ValuesAsync());
        Assert.Equal(("nm", 0.684), (signal.Header.Axes[2].Unit, signal.Header.Axes[2].Step));
        Assert.Equal((300, -12.5), (signal.Header.Metadata.BeamEnergyKeV, signal.Header.Metadata.TiltDeg));

        void Put(Span<byte> place, int value)
        {
            if (bigEndian)
            {
                BinaryPrimitives.WriteInt32BigEndian(place, value);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(place, value);
            }
        }
    }
}
