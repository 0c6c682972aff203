using System.Text;
using CryoHub.Formats.Tests.Tables;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Tables;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Parquet;

public sealed class ParquetTests
{
    /// <summary>The file's own footer has 5,000 rows without empty cells, and least and greatest value of each column as its writer (Arrow) saw them.</summary>
    [Theory]
    [InlineData("test_time_millisecond", 0, 148_781_953, "ms")]
    [InlineData("current_ampere", -0.00015004446322564036, 0.0001585560239618644, "A")]
    [InlineData("voltage_volt", 0.24025700986385345, 4.200161457061768, "V")]
    [InlineData("cycle_dimensionless", 0, 2, "")]
    [InlineData("date_time_millisecond", 1_719_933_538_046, 1_720_082_319_999, "ms")]
    [InlineData("ambient_temperature_celsius", 25, 25, "°C")]
    public async Task A_real_file_has_the_values_that_its_writer_saw(string column, double least, double greatest, string unit)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var ct = TestContext.Current.CancellationToken;
        using var file = new FolderFile(SharedData.PathOf("bdf/legacy.bdf.parquet"));
        var table = Assert.Single(await (await FormatCatalog.DetectAsync(file, ct)).OpenAsync(file, ct));
        var summary = (await ColumnSummary.OfAsync(table, ct)).Single(candidate => candidate.Column.Name == column);
        Assert.Equal((5000L, least, greatest, unit), (summary.Count, summary.Min, summary.Max, summary.Column.Unit));
        Assert.Equal(SignalKind.Trace, table.Header.Kind);
    }

    [Fact]
    public async Task Plain_pages_hold_truth_values_numbers_and_words_and_empty_cells_stay_empty()
    {
        var table = Assert.Single(await Opened.SignalsAsync("x.parquet", ParquetBytes.File(
            rows: 3,
            ("ok", 0, true, ParquetBytes.Page(3, 0, [2, 0, 0, 0, 0x03, 0b101, 0b01])),             // marks: one group of eight bits, 1 0 1; then two truth values: 1 0
            ("n", 1, false, ParquetBytes.Page(3, 0, [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(-2), .. BitConverter.GetBytes(3)])),
            ("x", 4, false, ParquetBytes.Page(3, 9, Split([1.5f, -2.5f, 3.5f]))),
            ("w", 6, false, ParquetBytes.Page(3, 0, [.. Word("a"), .. Word("é"), .. Word("a")])))));
        Assert.Equal([1.0, double.NaN, 0.0], (await table.ColumnAsync("ok")).Cast<double>());
        Assert.Equal([1.0, -2.0, 3.0], (await table.ColumnAsync("n")).Cast<double>());
        Assert.Equal([1.5, -2.5, 3.5], (await table.ColumnAsync("x")).Cast<double>());
        Assert.Equal(["a", "é", "a"], (await table.ColumnAsync("w")).Cast<string>());
    }

    /// <summary>The specification's example: 1 to 5 as a first value and differences of 1, which need no bits.</summary>
    [Fact]
    public async Task Differences_and_dictionaries_are_unpacked()
    {
        byte[] differences = [0x80, 0x01, 4, 5, 2, 2, 0, 0, 0, 0];                                     // blocks of 128 in 4 parts, 5 values from 1 on, least difference 1, widths 0
        byte[] dictionary = ParquetBytes.Dictionary(2, [.. BitConverter.GetBytes(10.0), .. BitConverter.GetBytes(20.0)]);
        byte[] indices = ParquetBytes.Page(5, 8, [1, 3 << 1, 1, 0x03, 0b10]);                          // one bit an index: three times 1, then a group: 0 1
        var table = Assert.Single(await Opened.SignalsAsync("x.parquet", ParquetBytes.File(5, ("i", 2, false, ParquetBytes.Page(5, 5, differences)), ("d", 5, false, [.. dictionary, .. indices]))));
        Assert.Equal([1.0, 2, 3, 4, 5], (await table.ColumnAsync("i")).Cast<double>());
        Assert.Equal([20.0, 20, 20, 10, 20], (await table.ColumnAsync("d")).Cast<double>());
    }

    [Fact]
    public async Task Pages_packed_with_Zstandard_are_unpacked()
    {
        byte[] content = [.. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(-2.5)];
        var table = Assert.Single(await Opened.SignalsAsync("x.parquet", ParquetBytes.File(2, 6, ("x", 5, false, ParquetBytes.Page(2, 0, content.Length, ZstdBytes.Frame(content))))));
        Assert.Equal([1.5, -2.5], (await table.ColumnAsync("x")).Cast<double>());
    }

    [Fact]
    public async Task More_rows_than_the_file_can_hold_are_refused()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Opened.SignalsAsync("x.parquet", ParquetBytes.File(1_000_000_000, ("n", 1, false, ParquetBytes.Page(1, 0, new byte[4])))));
        Assert.Contains("promises 1000000000 rows of 1 columns", problem.Message, StringComparison.Ordinal);
    }

    private static byte[] Word(string text) => [.. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Split(float[] values) => [.. Enumerable.Range(0, 4).SelectMany(part => values.Select(value => BitConverter.GetBytes(value)[part]))];
}
