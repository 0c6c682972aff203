using System.Text;
using CryoHub.Formats.Tests.Tables;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Delimited;

public sealed class DelimitedLayoutTests
{
    public static TheoryData<string, string> Encodings => new() { { "utf-8", "UTF-8 without mark" }, { "utf-8-bom", "with mark" }, { "utf-16", "UTF-16" }, { "utf-16BE", "UTF-16, high byte first" }, { "latin1", "Latin-1" } };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Names_units_and_words_survive_every_encoding(string encoding, string what)
    {
        var text = "Total Time(s),Current(µA),State\n0,1.5,é\n1,2.5,ü\n";
        byte[] bytes = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8-bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            "utf-16BE" => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
            _ => Encoding.Latin1.GetBytes(text),
        };
        var table = Assert.Single(await Opened.SignalsAsync("x.csv", bytes));
        Assert.Equal((SignalKind.Trace, "Current(µA)", "µA"), (table.Header.Kind, table.Header.Columns![1].Name, table.Header.Columns[1].Unit));
        Assert.Equal(["é", "ü"], (await table.ColumnAsync("State")).Cast<string>());
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("Zeit;U / V;I / mA\n0,5;3,25;-1E-3\n1,5;3,5;2\n")]
    [InlineData("Zeit\tU / V\tI / mA\n0.5\t3.25\t-1E-3\n1.5\t3.5\t2\n")]
    [InlineData("\"Zeit\",\"U / V\",\"I / mA\"\r\n\"0.5\",\"3.25\",-1E-3\r\n1.5,3.5,2\r\n")]
    [InlineData("Device:;A7;\nOperator:;\"N;N\";\n\nZeit;U / V;I / mA\n0,5;3,25;-1E-3\n1,5;3,5;2\n1,5;;2\n")]
    public async Task The_same_numbers_are_read_with_every_delimiter_and_decimal_sign(string text)
    {
        var table = Assert.Single(await Opened.SignalsAsync("x.csv", text));
        Assert.Equal([0.5, 1.5], (await table.ColumnAsync("Zeit")).Cast<double>().Take(2));
        Assert.Equal([3.25, 3.5], (await table.ColumnAsync("U / V")).Cast<double>().Take(2));
        Assert.Equal([-1e-3, 2], (await table.ColumnAsync("I / mA")).Cast<double>().Take(2));
        Assert.Equal(["", "V", "mA"], table.Header.Columns!.Select(column => column.Unit));
        if (text.StartsWith("Device", StringComparison.Ordinal))
        {
            Assert.Equal(("A7", "N;N"), ((string?)table.Header.Original.Root["Device"], (string?)table.Header.Original.Root["Operator"]));
            Assert.Equal(double.NaN, (await table.ColumnAsync("U / V"))[2]);
        }
    }

    [Fact]
    public async Task A_doubled_quote_is_one_and_a_delimiter_within_quotes_is_text()
    {
        var table = Assert.Single(await Opened.SignalsAsync("x.csv", "name,n\n\"a \"\"b\"\", c\",1\nd,2\n"));
        Assert.Equal(["a \"b\", c", "d"], (await table.ColumnAsync("name")).Cast<string>());
    }

    [Fact]
    public async Task A_table_that_is_far_from_rectangular_is_refused()
    {
        var text = $"a,b\n{string.Join('\n', Enumerable.Repeat("1,2", 100_000))}\n{string.Join(',', Enumerable.Repeat('1', 200_000))}\n";
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Opened.SignalsAsync("x.csv", text));
        Assert.Contains("not rectangular", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_columns_without_names_over_decades_are_an_impedance_too_without_units()
    {
        var rows = Enumerable.Range(0, 31).Select(i => FormattableString.Invariant($"{Math.Pow(10, 5 - (i / 6.0)):R},{i + 1},{-i}"));
        var signals = await Opened.SignalsAsync("x.csv", string.Join('\n', rows));
        Assert.Equal(["x", "x, impedance"], signals.Select(signal => signal.Header.Name));
        Assert.Equal((PixelType.Complex128, ""), (signals[1].Header.Pixel, signals[1].Header.Axes[0].Unit));
        Assert.Equal([1.0, 0, 2, -1], (await signals[1].NumbersAsync()).Take(4));
    }
}
