using System.IO.Compression;
using System.Text;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Npy;

public sealed class NpyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("|i1", "int8", 1)]
    [InlineData("|u1", "uint8", 1)]
    [InlineData("|b1", "bool", 1)]
    [InlineData("<i2", "int16", 1)]
    [InlineData(">i2", "int16", 1)]
    [InlineData("<u4", "uint32", 2)]
    [InlineData(">u4", "uint32", 3)]
    [InlineData("<i8", "int64", 1)]
    [InlineData(">f2", "float16", 1)]
    [InlineData("<f4", "float32", 1)]
    [InlineData(">f8", "float64", 2)]
    public async Task Each_number_type_and_version_gives_the_stored_numbers(string code, string type, int version)
    {
        var signal = await OpenAsync(File($"{{'descr': '{code}', 'fortran_order': False, 'shape': (2, 3), }}", [.. ((double[])[0, 1, 1, 0, 1, 1]).SelectMany(number => Encode(code, number))], version));
        Assert.Equal(type, signal.Header.Pixel.Name());
        Assert.Equal([2, 3], signal.Header.Shape);
        if (type != "bool")
        {
            Assert.Equal([0, 1, 1, 0, 1, 1], await signal.ValuesAsync());
        }
    }

    [Fact]
    public async Task Fortran_order_is_turned_round()
    {
        // a[i, j, k] = 100 i + 10 j + k of shape (2, 3, 4), first index fastest
        var stored = from k in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 3) from i in Enumerable.Range(0, 2) select (100 * i) + (10 * j) + k;
        var signal = await OpenAsync(File("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3, 4), }", [.. stored.SelectMany(number => Encode(">i2", number))]));
        var expected = from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) from k in Enumerable.Range(0, 4) select (double)((100 * i) + (10 * j) + k);
        Assert.Equal([2, 3, 4], signal.Header.Shape);
        Assert.Equal(expected, await signal.ValuesAsync());
    }

    [Fact]
    public async Task Records_of_numbers_are_a_table()
    {
        byte[] rows = [.. Encode("<i4", 7), .. Encode(">f8", 1.5), .. Encode("<i4", -8), .. Encode(">f8", 2.5)];
        var signal = await OpenAsync(File("{'descr': [('id', '<i4'), ('x', '>f8')], 'fortran_order': False, 'shape': (2,), }", rows));
        Assert.Equal(["id", "x"], signal.Header.Columns!.Select(column => column.Name));
        Assert.Equal([7, 1.5, -8, 2.5], await signal.ValuesAsync());
    }

    [Fact]
    public async Task A_single_number_is_an_array_of_one_point()
    {
        var signal = await OpenAsync(File("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", Encode("<f8", 3.25)));
        Assert.Equal([3.25], await signal.ValuesAsync());
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '<U4', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807, 9223372036854775807), }")]
    [InlineData("{'descr': '<f8', 'fortran_order': True, 'shape': (4, 4), }")]
    [InlineData("{'descr': '<f8', 'shape': (0,), }")]
    [InlineData("((((((((((((((((((((((((((((((")]
    [InlineData("__import__('os')")]
    public async Task What_is_no_array_of_numbers_or_does_not_fit_is_refused(string description)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(File(description, new byte[16])));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    public async Task An_archive_gives_each_of_its_arrays(CompressionLevel level)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, value) in ((string, double)[])[("first", 1), ("second", 2)])
            {
                using var member = archive.CreateEntry($"{name}.npy", level).Open();
                member.Write(File("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", [.. Encode("<f4", value), .. Encode("<f4", 10 * value)]));
            }
        }

        var signals = await FormatCatalog.Readers.Single(reader => reader.Format.Key == "npz").OpenAsync(new MemoryFile("x.npz", content.ToArray()), Ct);
        Assert.Equal(["first", "second"], signals.Select(signal => signal.Header.Name));
        Assert.Equal([2, 20], await signals[1].ValuesAsync());
    }

    private static async Task<ISignal> OpenAsync(byte[] file) => Assert.Single(await new CryoHub.Formats.Npy.NpyReader().OpenAsync(new MemoryFile("x.npy", file), Ct));

    private static byte[] File(string description, byte[] data, int version = 1)
    {
        var text = Encoding.ASCII.GetBytes(description + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }

    private static byte[] Encode(string code, double number)
    {
        var bytes = code[1..] switch
        {
            "i1" or "u1" or "b1" => [(byte)number],
            "i2" => BitConverter.GetBytes((short)number),
            "i4" => BitConverter.GetBytes((int)number),
            "u4" => BitConverter.GetBytes((uint)number),
            "i8" => BitConverter.GetBytes((long)number),
            "f2" => BitConverter.GetBytes((Half)number),
            "f4" => BitConverter.GetBytes((float)number),
            _ => BitConverter.GetBytes(number),
        };
        return code[0] == '>' ? [.. bytes.Reverse()] : bytes;
    }
}
