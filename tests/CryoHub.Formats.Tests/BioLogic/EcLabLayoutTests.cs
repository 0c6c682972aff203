using System.Buffers.Binary;
using System.Text;
using CryoHub.Formats.Tests.Tables;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.BioLogic;

/// <summary>Layouts that no real file of the collection shows, made byte for byte.</summary>
public sealed class EcLabLayoutTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_with_decimal_commas_is_read_in_latin_1_and_in_utf_16(bool wide)
    {
        const string text = "EC-Lab ASCII FILE\r\nNb header lines : 5\r\nAcquisition started on : 03/02/2021 15:46:03.250\r\ntR (h:m:s)          0:00:0.0000         \r\nmode\ttime/s\tCapacitance charge/µF\t\r\n2\t0,5\t1,25E+001\t\r\n2\t1,5\t-3\t\r\n";
        byte[] bytes = wide ? [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)] : Encoding.Latin1.GetBytes(text);
        var table = Assert.Single(await Opened.SignalsAsync("x.mpt", bytes));
        Assert.Equal([12.5, -3], (await table.ColumnAsync("Capacitance charge/µF")).Cast<double>());
        Assert.Equal(["", "s", "µF"], table.Header.Columns!.Select(column => column.Unit));
        Assert.Equal(("2021-03-02T15:46:03.25", "0:00:0.0000"), (table.Header.Metadata.AcquiredAt, (string?)table.Header.Original.Root["tR (h:m:s)"]));
    }

    [Fact]
    public async Task Version_0_lists_its_columns_in_bytes()
    {
        byte[] data = [.. BitConverter.GetBytes(2), 4, 1, 2, 4, 6, .. new byte[91], .. Row(0x05, 0.5, 3.5f), .. Row(0x02, 1.5, 4.5f)];
        var signals = await Opened.SignalsAsync("x.mpr", File(0, data));
        Assert.Equal([0.5, 1.5], (await signals[0].ColumnAsync("time/s")).Cast<double>());
        Assert.Equal([3.5, 4.5], (await signals[0].ColumnAsync("Ewe/V")).Cast<double>());
        Assert.Equal([1.0, 2.0], (await signals[1].ColumnAsync("mode")).Cast<double>());
        Assert.Equal([1.0, 0.0], (await signals[1].ColumnAsync("ox/red")).Cast<double>());
    }

    [Fact]
    public async Task A_column_that_nobody_knows_has_the_width_that_is_left_of_a_record()
    {
        byte[] ids = [4, 0, 0x39, 0x30, 6, 0];        // 12345 between time and voltage
        byte[] head = [.. BitConverter.GetBytes(1), 3, .. ids];
        byte[] data = [.. head, .. new byte[405 - head.Length], .. BitConverter.GetBytes(0.5), .. BitConverter.GetBytes(7.25), .. BitConverter.GetBytes(3.5f)];
        var table = Assert.Single(await Opened.SignalsAsync("x.mpr", File(2, data)));
        Assert.Equal(["time/s", "column 12345", "Ewe/V"], table.Header.Columns!.Select(column => column.Name));
        Assert.Equal([0.5, 7.25, 3.5], await table.NumbersAsync());
    }

    [Fact]
    public async Task More_records_than_the_module_holds_are_refused_with_both_numbers()
    {
        byte[] data = [.. BitConverter.GetBytes(1000), 2, 4, 6, .. new byte[93], .. new byte[24]];
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Opened.SignalsAsync("x.mpr", File(0, data)));
        Assert.Contains("1000 records of 12 bytes; 24 bytes are there", problem.Message, StringComparison.Ordinal);
    }

    private static byte[] Row(byte flags, double time, float voltage) => [flags, .. BitConverter.GetBytes(time), .. BitConverter.GetBytes(voltage)];

    private static byte[] File(uint version, byte[] data)
    {
        var header = new byte[57];
        Encoding.ASCII.GetBytes("MODULEVMP data  VMP data                 ").CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(41), data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(45), version);
        Encoding.ASCII.GetBytes("03/02/21").CopyTo(header, 49);
        return [.. Encoding.ASCII.GetBytes("BIO-LOGIC MODULAR FILE\u001A".PadRight(48)), 0, 0, 0, 0, .. header, .. data];
    }
}
