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

    /// <summary>A chain of ranges; before later ones the four letters may stand again.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("RAW ")]
    public async Task A_raw_1_file_is_a_chain_of_ranges(string again)
    {
        byte[] file = [.. "RAW "u8, .. Range(1, 10f, 0.5f, 3, 7), .. Encoding.ASCII.GetBytes(again), .. Range(0, 20f, 0.02f, 11)];
        var reader = await FormatCatalog.DetectAsync(new MemoryFile("a.raw", file), Ct);
        Assert.Equal("bruker-raw", reader.Format.Key);
        var signals = await reader.OpenAsync(new MemoryFile("a.raw", file), Ct);
        Assert.Equal(["a, range 1", "a, range 2"], signals.Select(signal => signal.Header.Name));
        Assert.Equal([10.0, 3, 10.5, 7], await signals[0].ValuesAsync());
        Assert.Equal([20.0, 11], await signals[1].ValuesAsync());
        Assert.Equal((1.5, "LiCoO2"), (signals[0].Header.Metadata.ExposureS, (string)signals[0].Header.Original.Root["SAMPLE_NAME"]!));

        static byte[] Range(int following, float start, float step, params float[] counts) =>
        [
            .. BitConverter.GetBytes(counts.Length), .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(step), 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(start),
            .. BitConverter.GetBytes(-1e6f), .. BitConverter.GetBytes(-1e6f), .. BitConverter.GetBytes(-1e6f), .. Encoding.ASCII.GetBytes("LiCoO2".PadRight(32, '\0')),
            .. BitConverter.GetBytes(1.5406f), .. BitConverter.GetBytes(1.5444f), .. new byte[72], .. BitConverter.GetBytes(following), .. counts.SelectMany(BitConverter.GetBytes),
        ];
    }

    [Fact]
    public async Task A_raw_2_file_states_how_many_ranges_it_has()
    {
        byte[] file =
        [
            .. "RAW2"u8, 2, 0, .. new byte[162], .. Encoding.ASCII.GetBytes("04-Mar-2010 20:59".PadRight(20)), .. "Cu"u8, .. BitConverter.GetBytes(1.5406f), .. new byte[62],
            .. Range(50, 10f, 0.5f, 3, 7), .. Range(48, 20f, 0.02f, 11),
        ];
        var signals = await new BrukerRawReader().OpenAsync(new MemoryFile("a.raw", file), Ct);
        Assert.Equal([10.0, 3, 10.5, 7], await signals[0].ValuesAsync());
        Assert.Equal([20.0, 11], await signals[1].ValuesAsync());
        Assert.Equal(1.5406, (double)signals[1].Header.Original.Find("file", "LAMBDA1")!);

        static byte[] Range(ushort head, float start, float step, params float[] counts) =>
        [
            .. BitConverter.GetBytes(head), .. BitConverter.GetBytes((ushort)counts.Length), 0, 0, 0, 0, .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(step), .. BitConverter.GetBytes(start),
            .. new byte[head - 20], .. counts.SelectMany(BitConverter.GetBytes),
        ];
    }

    /// <summary>Counts are kept as ten times their square roots.</summary>
    [Theory]
    [InlineData("V3RD", 250)]
    [InlineData("V5RD", 810)]
    public async Task A_Philips_file_is_squared(string version, int first)
    {
        var file = new byte[first + 6];
        Encoding.ASCII.GetBytes(version, file);
        (file[84], file[85]) = (5, 0);
        "LiF"u8.CopyTo(file.AsSpan(146));
        foreach (var (at, value) in ((int, double)[])[(214, 0.1), (222, 10.0), (230, 10.2)])
        {
            BinaryPrimitives.WriteDoubleLittleEndian(file.AsSpan(at), value);
        }

        foreach (var (i, value) in ((int, ushort)[])[(0, 100), (1, 316), (2, 65535)])
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(first + (2 * i)), value);
        }

        var reader = await FormatCatalog.DetectAsync(new MemoryFile("a.rd", file), Ct);
        var table = Assert.Single(await reader.OpenAsync(new MemoryFile("a.rd", file), Ct));
        Assert.Equal([10.0, 100, 10.1, 998, 10.2, 42948362], await table.ValuesAsync());
        Assert.Equal(("LiF", "X'Pert MPD"), ((string)table.Header.Original.Root["sample"]!, (string)table.Header.Original.Root["diffractometer"]!));
    }

    [Fact]
    public async Task A_uxd_file_has_ranges_of_pairs_and_of_counts_in_even_steps()
    {
        var text = "; converted\n_FILEVERSION=2\n_SAMPLE='LiF'\n_WL1=1.540600\n; range 1\n_DRIVE='COUPLED'\n_STEPTIME=0.5\n_STEPSIZE=0.5\n_START=10\n_2THETA=10\n_2THETACOUNTS\n10.0\t187\n10.5\t183\n"
            + "; range 2\n_DRIVE='COUPLED'\n_STEPTIME=2\n_STEPSIZE=0.25\n_START=20\n_COUNTS\n 1 2\n 3\n";
        var file = new MemoryFile("a.uxd", Encoding.ASCII.GetBytes(text));
        var reader = await FormatCatalog.DetectAsync(file, Ct);
        Assert.Equal("bruker-uxd", reader.Format.Key);
        var signals = await reader.OpenAsync(file, Ct);
        Assert.Equal([10.0, 187, 10.5, 183], await signals[0].ValuesAsync());
        Assert.Equal([20.0, 1, 20.25, 2, 20.5, 3], await signals[1].ValuesAsync());
        Assert.Equal((0.5, 2.0), (signals[0].Header.Metadata.ExposureS, signals[1].Header.Metadata.ExposureS));
        Assert.Equal("LiF", (string)signals[1].Header.Original.Find("file", "SAMPLE")!);
    }
}
