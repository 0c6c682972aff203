using System.Buffers.Binary;
using System.Text;
using CryoHub.Formats.BrukerRaw;
using CryoHub.Formats.Rietveld;
using CryoHub.Formats.Rigaku;
using CryoHub.Formats.WinSpec;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Diffraction;

/// <summary>Layouts of powder patterns that no real file shows, byte for byte.</summary>
public sealed class PowderLayoutTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Version 4 with two ranges, of four and of eight bytes a value, and a text segment before each.</summary>
    [Fact]
    public async Task A_raw_4_file_of_two_ranges_is_two_tables()
    {
        var head = new byte[61];
        "RAW4.00"u8.CopyTo(head);
        "07/11/2018"u8.CopyTo(head.AsSpan(12));
        byte[] file = [.. head, .. Segment("SAMPLEID", "LiF"), .. Range(4, 10, 0.5, 2), .. Range(8, 20, 0.25, 3)];
        var signals = await new BrukerRawReader().OpenAsync(new MemoryFile("a.raw", file), Ct);
        Assert.Equal([10.0, 0, 10.5, 1], await signals[0].ValuesAsync());
        Assert.Equal([20.0, 0, 20.25, 1, 20.5, 2], await signals[1].ValuesAsync());
        Assert.Equal(("LiF", "Locked"), ((string)signals[1].Header.Original.Root["SAMPLEID"]!, (string)signals[1].Header.Original.Root["SCAN_TYPE"]!));
        Assert.Equal(0.5, signals[0].Header.Metadata.ExposureS);

        static byte[] Segment(string name, string text)
        {
            var bytes = new byte[36 + text.Length];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, 10);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length);
            Encoding.ASCII.GetBytes(name, bytes.AsSpan(12));
            Encoding.ASCII.GetBytes(text, bytes.AsSpan(36));
            return bytes;
        }

        static byte[] Range(int valueBytes, double start, double step, int steps)
        {
            var extra = Segment("DETECTOR", "x");
            var bytes = new byte[160 + extra.Length + (steps * valueBytes)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), steps);
            "Locked"u8.CopyTo(bytes.AsSpan(32));
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(72), start);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(80), step);
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(92), 0.5f);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(136), valueBytes);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(140), extra.Length);
            extra.CopyTo(bytes, 160);
            for (var i = 0; i < steps; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(160 + extra.Length + (i * valueBytes)), i);
            }

            return bytes;
        }
    }

    /// <summary>Frames of a camera: three of 2 x 4 points of each number type.</summary>
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(5, 8)]
    [InlineData(6, 1)]
    [InlineData(8, 4)]
    public async Task An_spe_file_of_frames_is_a_stack(int type, int bytes)
    {
        var file = new byte[4100 + (24 * bytes)];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(42), 4);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(108), (ushort)type);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(656), 2);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(1446), 3);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2996), 0x01234567);
        var signal = Assert.Single(await new SpeReader().OpenAsync(new MemoryFile("a.spe", file), Ct));
        Assert.Equal([3, 2, 4], signal.Header.Shape);
        Assert.Equal((bytes, SignalKind.ImageStack), (signal.Header.Pixel.Bytes(), signal.Header.Kind));
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new SpeReader().OpenAsync(new MemoryFile("a.spe", file[..^1]), Ct));
        Assert.Contains("3 x 2 x 4", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>What Rietveld programs call free form: start, step, end, then counts of any number a line.</summary>
    [Fact]
    public async Task Counts_without_angles_get_them_from_the_first_line()
    {
        var text = "title\n 10.0 0.5 15.0 remark\n 1 2 3 4 5 6 7 8\n 9 10 11\n";
        var reader = new RietveldDatReader();
        Assert.Equal(Match.Certain, reader.Recognise(Encoding.ASCII.GetBytes(text), "a.dat"));
        Assert.Equal(Match.No, reader.Recognise(Encoding.ASCII.GetBytes(text.Replace("15.0", "15.2")), "a.dat"));
        var table = Assert.Single(await reader.OpenAsync(new MemoryFile("a.dat", Encoding.ASCII.GetBytes(text)), Ct));
        var values = await table.ValuesAsync();
        Assert.Equal(22, values.Count);
        Assert.Equal((10.0, 1.0, 15.0, 11.0), (values[0], values[1], values[^2], values[^1]));
    }

    /// <summary>One scan is one signal with its axis and unit, and a name in Shift-JIS is read.</summary>
    [Fact]
    public async Task A_ras_file_of_one_scan_is_one_table()
    {
        byte[] japanese = [0x93, 0xFA, 0x96, 0x7B];     // 日本
        byte[] file =
        [
            .. "*RAS_DATA_START\r\n*RAS_HEADER_START\r\n*HW_I_OPT_NAME-0 \""u8, .. japanese,
            .. "\"\r\n*MEAS_SCAN_AXIS_X \"Omega\"\r\n*MEAS_SCAN_UNIT_X \"deg\"\r\n*RAS_HEADER_END\r\n*RAS_INT_START\r\n1.5 20 1.0\r\n1.6 30 1.0\r\n*RAS_INT_END\r\n*RAS_DATA_END\r\n"u8,
        ];
        var table = Assert.Single(await new RasReader().OpenAsync(new MemoryFile("a.ras", file), Ct));
        Assert.Equal([1.5, 20, 1, 1.6, 30, 1], await table.ValuesAsync());
        Assert.Equal(("Omega", "deg"), (table.Header.Columns![0].Name, table.Header.Columns[0].Unit));
        Assert.Equal("\u65E5\u672C", (string)table.Header.Original.Root["HW_I_OPT_NAME-0"]!);
    }
}
