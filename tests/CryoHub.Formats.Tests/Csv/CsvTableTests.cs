using System.Text;
using CryoHub.Formats.Csv;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Tests.Csv;

public sealed class CsvTableTests
{
    [Fact]
    public async Task A_table_keeps_its_names_words_and_empty_cells()
    {
        var table = TableSignal.Of("t", SignalKind.Table, [new("time", "s", [0, 0.1]), TableColumn.OfWords("state, now", ["on", ""]), new("I/mA", "mA", [double.NaN, -2])], AcquisitionMetadata.None, MetadataTree.Empty);
        Assert.Equal("time (s),\"state, now\",I/mA\r\n0,on,\r\n0.1,,-2\r\n", await TextAsync(table));
    }

    /// <summary>P11: what a file calls its columns and writes into its cells must not run in a spreadsheet, nor steer a terminal.</summary>
    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "' =1")]
    [InlineData("=1,2", "\"'=1,2\"")]
    [InlineData("a\u202Eb\u001B[31m", "a\uFFFDb\uFFFD[31m")]
    public async Task Names_and_words_cannot_become_formulas(string text, string cell)
    {
        var table = TableSignal.Of("t", SignalKind.Table, [TableColumn.OfWords(text, [text])], AcquisitionMetadata.None, MetadataTree.Empty);
        Assert.Equal($"{cell}\r\n{cell}\r\n", await TextAsync(table));
    }

    [Fact]
    public async Task A_name_of_ten_megabytes_is_cut()
    {
        var table = TableSignal.Of("t", SignalKind.Table, [new(new string('x', 10 << 20), "", [1])], AcquisitionMetadata.None, MetadataTree.Empty);
        Assert.Equal(32_767 + "\r\n1\r\n".Length, (await TextAsync(table)).Length);
    }

    private static async Task<string> TextAsync(ISignal signal)
    {
        using var output = new MemoryStream();
        await new CsvWriter().WriteAsync(signal, output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
