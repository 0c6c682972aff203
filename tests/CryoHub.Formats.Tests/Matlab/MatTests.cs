using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CryoHub.Formats.Matlab;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Matlab;

public sealed class MatTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Arrays_are_read_in_both_byte_orders_packed_and_plain(bool bigEndian, bool packed)
    {
        // double(2 x 3), stored in bytes: columns (1, 2), (3, 4), (5, 6)
        var file = new MatBytes(bigEndian);
        var matrix = file.Matrix(6, 0, [2, 3], "grid", file.Element(2, [1, 2, 3, 4, 5, 6]));
        var signal = Assert.Single(await OpenAsync(file.File(packed ? MatBytes.Packed(matrix, bigEndian) : matrix)));
        Assert.Equal(("grid", PixelType.Float64), (signal.Header.Name, signal.Header.Pixel));
        Assert.Equal([2, 3], signal.Header.Shape);
        Assert.Equal([1, 3, 5, 2, 4, 6], await signal.ValuesAsync());
    }

    [Fact]
    public async Task Cells_structures_texts_and_complex_numbers_are_walked_through()
    {
        var file = new MatBytes(false);
        var complex = file.Matrix(7, 8, [1, 2], "", file.Element(7, MatBytes.Floats(1, 2)), file.Element(7, MatBytes.Floats(-3, 4)));
        var text = file.Matrix(4, 0, [1, 2], "", file.Element(4, Encoding.Unicode.GetBytes("Li")));
        var cell = file.Matrix(1, 0, [1, 2], "", complex, text);
        var structure = file.Matrix(2, 0, [1, 1], "run", file.Small(5, BitConverter.GetBytes(4)), file.Element(1, "a\0\0\0b\0\0\0"u8.ToArray()), cell, file.Matrix(10, 0, [1, 1], "", file.Small(3, [0xFE, 0xFF])));
        var signals = await OpenAsync(file.File(structure));
        Assert.Equal(["run.a{1}", "run.b"], signals.Select(signal => signal.Header.Name));
        Assert.Equal("""{"re":2,"im":4}""", (await signals[0].ValueAtAsync([0, 1], Ct))!.ToJsonString());
        Assert.Equal([-2], await signals[1].ValuesAsync());
        Assert.Equal("Li", (string)signals[1].Header.Original.Find("run.a{2}")!);
    }

    [Fact]
    public async Task What_promises_more_than_it_holds_is_refused()
    {
        var file = new MatBytes(false);
        foreach (var element in (byte[][])[file.Matrix(6, 0, [2000, 3000], "x", file.Element(2, [1, 2])), file.Matrix(6, 0, [int.MaxValue, int.MaxValue], "x", file.Element(9, [1, 2])), [14, 0, 0, 0, 0xFF, 0xFF, 0, 0]])
        {
            var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(file.File(element)));
            Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        }
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(byte[] file) => new MatReader().OpenAsync(new MemoryFile("x.mat", file), Ct);

    /// <summary>Level 5 files written element by element from the specification.</summary>
    private sealed class MatBytes(bool bigEndian)
    {
        public byte[] File(byte[] element) => [.. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file".PadRight(124)), .. Word16(0x0100), .. Word16(0x4D49), .. element];

        public byte[] Matrix(int kind, int flags, int[] sizes, string name, params byte[][] parts)
        {
            byte[] content = [.. Element(6, [.. Word(kind | (flags << 8)), .. Word(0)]), .. Element(5, [.. sizes.SelectMany(Word)]), .. Element(1, Encoding.ASCII.GetBytes(name)), .. parts.SelectMany(part => part)];
            return [.. Word(14), .. Word(content.Length), .. content];
        }

        public byte[] Element(int type, byte[] content) => [.. Word(type), .. Word(content.Length), .. content, .. new byte[(8 - (content.Length % 8)) % 8]];

        public byte[] Small(int type, byte[] content) => [.. Word((content.Length << 16) | type), .. content, .. new byte[4 - content.Length]];

        public static byte[] Packed(byte[] element, bool bigEndian)
        {
            using var packed = new MemoryStream();
            using (var stream = new ZLibStream(packed, CompressionLevel.Fastest))
            {
                stream.Write(element);
            }

            var file = new MatBytes(bigEndian);
            return [.. file.Word(15), .. file.Word((int)packed.ToArray().Length), .. packed.ToArray()];
        }

        public static byte[] Floats(params float[] numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];

        private byte[] Word(int value)
        {
            var bytes = new byte[4];
            if (bigEndian)
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            }

            return bytes;
        }

        // The order mark is the number 0x4D49: "IM" with the low byte first, "MI" otherwise.
        private byte[] Word16(int value) => bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];
    }
}
