using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Formats.Mrc;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Mrc;

public sealed class MrcModesTests
{
    private static readonly double[] Numbers = [-3, 0, 1, 2, 100, -100];

    [Theory]
    [InlineData(0, "int8", false)]
    [InlineData(0, "int8", true)]
    [InlineData(1, "int16", false)]
    [InlineData(1, "int16", true)]
    [InlineData(2, "float32", false)]
    [InlineData(2, "float32", true)]
    [InlineData(6, "uint16", false)]
    [InlineData(6, "uint16", true)]
    [InlineData(12, "float16", false)]
    [InlineData(12, "float16", true)]
    public async Task Each_mode_gives_the_stored_numbers_in_both_byte_orders(int mode, string type, bool bigEndian)
    {
        double[] numbers = mode == 6 ? [0, 1, 255, 256, 40000, 65535] : Numbers;
        var signal = await OpenAsync(MrcBytes.File(3, 2, 1, mode, [.. numbers.SelectMany(number => Encode(mode, number, bigEndian))], bigEndian));
        Assert.Equal(type, signal.Header.Pixel.Name());
        Assert.Equal(numbers, await ValuesAsync(signal));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task Complex_modes_give_real_and_imaginary_parts(int mode, bool bigEndian)
    {
        var pixels = Numbers.SelectMany(number => Encode(mode == 3 ? 1 : 2, number, bigEndian)).ToArray();
        var signal = await OpenAsync(MrcBytes.File(3, 1, 1, mode, pixels, bigEndian));
        Assert.Equal(PixelType.Complex64, signal.Header.Pixel);
        Assert.Equal("""{"re":100,"im":-100}""", (await signal.ValueAtAsync([0, 2], Ct)).ToJsonString());
    }

    [Fact]
    public async Task Colour_is_three_bytes_a_pixel()
    {
        var signal = await OpenAsync(MrcBytes.File(2, 1, 1, 16, [1, 2, 3, 4, 5, 6]));
        Assert.Equal("[4,5,6]", (await signal.ValueAtAsync([0, 1], Ct)).ToJsonString());
    }

    [Theory]
    [InlineData(false, new double[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(true, new double[] { 2, 1, 3, 5, 4, 6 })]
    public async Task Packed_pixels_have_four_bits_and_rows_start_on_a_byte(bool highFirst, double[] expected)
    {
        // Rows of three pixels: low half first, the last half of each row is padding; IMOD's flag 16 turns the halves round.
        byte[] pixels = highFirst ? [0x21, 0x30, 0x54, 0x60] : [0x21, 0xF3, 0x54, 0xF6];
        var file = MrcBytes.File(3, 2, 1, 101, pixels);
        if (highFirst)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(152), 1146047817);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(156), 16);
        }

        Assert.Equal(expected, await ValuesAsync(await OpenAsync(file)));
    }

    [Fact]
    public async Task Bytes_written_by_IMOD_are_unsigned_unless_its_flag_says_otherwise()
    {
        var file = MrcBytes.File(1, 1, 1, 0, [200]);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(152), 1146047817);
        Assert.Equal(200, Assert.Single(await ValuesAsync(await OpenAsync(file))));
        file[156] = 1;
        Assert.Equal(-56, Assert.Single(await ValuesAsync(await OpenAsync(file))));
    }

    [Fact]
    public async Task Every_section_of_a_stack_is_a_frame()
    {
        var signal = await OpenAsync(MrcBytes.File(1, 1, 3, 0, [7, 8, 9], extended: new byte[80]));
        Assert.Equal(SignalKind.ImageStack, signal.Header.Kind);
        var values = await ValuesAsync(signal);
        Assert.Equal([7, 8, 9], values);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<ISignal> OpenAsync(byte[] file) => (await new MrcReader().OpenAsync(new MemoryFile("x.mrc", file), Ct))[0];

    private static async Task<double[]> ValuesAsync(ISignal signal)
    {
        var values = new List<double>();
        var frame = new byte[signal.Header.FrameBytes];
        for (var i = 0; i < signal.Header.FrameCount; i++)
        {
            await signal.ReadFrameAsync(i, frame, Ct);
            values.AddRange(frame.Chunk(signal.Header.Pixel.Bytes()).Select(pixel => double.Parse(signal.Header.Pixel.ToJson(pixel).ToString(), System.Globalization.CultureInfo.InvariantCulture)));
        }

        return [.. values];
    }

    private static byte[] Encode(int mode, double number, bool bigEndian)
    {
        var bytes = mode switch
        {
            0 => [(byte)(sbyte)number],
            1 => BitConverter.GetBytes((short)number),
            2 => BitConverter.GetBytes((float)number),
            6 => BitConverter.GetBytes((ushort)number),
            _ => BitConverter.GetBytes((Half)number),
        };
        return bigEndian ? [.. bytes.Reverse()] : bytes;
    }
}
