using System.Buffers.Binary;
using System.Text;
using CryoHub.Formats.AtomProbe;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.AtomProbe;

public sealed class AtomProbeTests
{
    [Fact]
    public async Task An_extended_record_has_nine_floats_and_two_counts()
    {
        var ion = new byte[44];
        for (var i = 0; i < 9; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(ion.AsSpan(4 * i), 1.5f + i);
        }

        BinaryPrimitives.WriteUInt32BigEndian(ion.AsSpan(36), 16_777_217);   // one more than a float32 can count
        BinaryPrimitives.WriteUInt32BigEndian(ion.AsSpan(40), 2);
        var file = new MemoryFile("a.epos", (byte[])[.. ion, .. ion]);
        Assert.Equal("atom-probe-ions", (await FormatCatalog.DetectAsync(file, Ct)).Format.Key);
        var signal = Assert.Single(await new IonListReader().OpenAsync(file, Ct));
        Assert.Equal([2, 11], signal.Header.Shape);
        Assert.Equal(4.5, (double)await signal.ValueAtAsync([1, 3], Ct));
        Assert.Equal(16_777_217, (double)await signal.ValueAtAsync([1, 9], Ct));
    }

    [Fact]
    public async Task Half_an_ion_is_refused()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new IonListReader().OpenAsync(new MemoryFile("a.pos", new byte[24]), Ct));
        Assert.Contains("24 bytes are no whole number of ions", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sections_of_an_apt_file_that_have_a_record_an_ion_are_its_columns()
    {
        byte[] file =
        [
            .. Header(2),
            .. Section("Position", "nm", 1, 3, 32, 12, 2, Floats(1, 2, 3, 4, 5, 6), extra: 24),
            .. Section("Mass", "Da", 1, 3, 32, 4, 2, Floats(27.5f, 7)),
            .. Section("pulse", "", 2, 1, 32, 4, 2, Floats(0, 0)),           // sparse: not one for each ion
            .. Section("Multiplicity", "", 1, 1, 16, 2, 2, [1, 0, 254, 255]),
        ];
        var signal = Assert.Single(await new AptReader().OpenAsync(new MemoryFile("a.apt", file), Ct));
        Assert.Equal(SignalKind.PointCloud, signal.Header.Kind);
        Assert.Equal(["x/nm", "y/nm", "z/nm", "Mass/Da", "Multiplicity/"], signal.Header.Columns!.Select(column => $"{column.Name}/{column.Unit}"));
        double[] second = [4, 5, 6, 7, -2];
        for (var column = 0; column < second.Length; column++)
        {
            Assert.Equal(second[column], (double)await signal.ValueAtAsync([1, column], Ct));
        }
    }

    [Fact]
    public async Task A_section_larger_than_the_file_is_refused()
    {
        byte[] file = [.. Header(2), .. Section("Mass", "Da", 1, 3, 32, 4, 2, Floats(1, 2))];
        await Assert.ThrowsAsync<ProblemException>(() => new AptReader().OpenAsync(new MemoryFile("a.apt", file[..^1]), Ct));
    }

    [Fact]
    public async Task The_polyatomic_extension_is_a_table_of_its_own()
    {
        const string Text = "2 1\nAl\nAl 1 0 0\nH\nH 0 1 0\n--- Al H\n. 1.0 2.0 0 1\n\n--- polyatomic extension\n1 1\nAlH\nAlH 0 0 1\n--- AlH\n. 27.9 28.1 1\n";
        var signals = await new RangeReader().OpenAsync(new MemoryFile("a.rng", Encoding.ASCII.GetBytes(Text)), Ct);
        Assert.Equal(["low", "high", "Al", "H"], signals[0].Header.Columns!.Select(column => column.Name));
        Assert.Equal(["low", "high", "AlH"], signals[1].Header.Columns!.Select(column => column.Name));
        Assert.Equal(28.1, (double)await signals[1].ValueAtAsync([0, 1], Ct));
    }

    [Theory]
    [InlineData("2 1\nAl\nAl 1 0 0\n--- Al\n. 1 2 1\n", "promises 2 ions")]
    [InlineData("1 5\nAl\nAl 1 0 0\n--- Al\n. 1 2 1\n", "promises 5 ranges; 1")]
    [InlineData("1 1\nAl\nAl 1 0 0\n--- Al\n. 1 x 1\n", "'x'")]
    public async Task Broken_ranges_are_refused_in_words(string text, string reason)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new RangeReader().OpenAsync(new MemoryFile("a.rng", Encoding.ASCII.GetBytes(text)), Ct));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static byte[] Header(long ions)
    {
        var header = new byte[540];
        "APT\0"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 540);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(532), ions);
        return header;
    }

    private static byte[] Section(string type, string unit, uint relation, uint dataType, int bits, int recordBytes, long records, byte[] data, int extra = 0)
    {
        var head = new byte[148 + extra];
        "SEC\0"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), head.Length);
        Encoding.Unicode.GetBytes(type).CopyTo(head.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(80), relation);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(84), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(88), dataType);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(92), bits);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(96), recordBytes);
        Encoding.Unicode.GetBytes(unit).CopyTo(head.AsSpan(100));
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(132), records);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(140), data.Length);
        return [.. head, .. data];
    }

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
