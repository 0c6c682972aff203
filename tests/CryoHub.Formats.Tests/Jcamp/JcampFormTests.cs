using CryoHub.Formats.Tests.Tables;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Jcamp;

/// <summary>Forms of the standard. The ordinates 1 2 3 3 2 1 0 -1 -2 -3 and their codings are its own example (McDonald and Wilks 1988, table of ASDF forms).</summary>
public sealed class JcampFormTests
{
    private static readonly double[] Example = [1, 2, 3, 3, 2, 1, 0, -1, -2, -3];

    [Theory]
    [InlineData("0 1 2 3 3 2 1 0 -1 -2 -3")]
    [InlineData("0+1+2+3+3+2+1+0-1-2-3")]
    [InlineData("0ABCCBA@abc")]
    [InlineData("0AJJ%jjjjjj")]
    [InlineData("0AJT%jX")]
    [InlineData("0ABCTBA@abc")]
    [InlineData("0ABC\n3CBA@\n7abc")]
    [InlineData("0AJJ%\n3Cjjj\n6@jjj")]        // after differences the first ordinate of a line repeats the last of the line before
    public async Task The_same_ordinates_are_read_in_every_form(string data)
    {
        var signal = Assert.Single(await Opened.SignalsAsync("x.jdx", Block("INFRARED SPECTRUM", $"##FIRSTX=0\n##LASTX=9\n##NPOINTS=10\n##XYDATA=(X++(Y..Y))\n{data}\n")));
        Assert.Equal(Example, await signal.NumbersAsync());
        Assert.Equal((0.0, 9.0), (signal.Header.Axes[0].At(0), signal.Header.Axes[0].At(9)));
        Assert.Equal(("1/CM", "ABSORBANCE", SignalKind.Spectrum), (signal.Header.Axes[0].Unit, signal.Header.ValueUnit, signal.Header.Kind));
    }

    [Fact]
    public async Task Factors_exponents_comments_and_missing_ordinates_are_understood()
    {
        var data = "##XFACTOR=0.5 $$ half\n##YFACTOR= 1E-1\n##FIRSTX=10\n##LASTX=13\n##NPOINTS=4\n##XYDATA=(X++(Y..Y)) $$ plain\n20 1.5E+01 ? 7 $$ the second was lost\n26 E5\n";
        var signal = Assert.Single(await Opened.SignalsAsync("x.dx", Block("RAMAN SPECTRUM", data)));
        var values = await signal.NumbersAsync();
        Assert.Equal([15 * 0.1, double.NaN, 7 * 0.1, 55 * 0.1], values);      // E5 is 55: an E that no sign follows is the digit 5
        Assert.Equal([10.0, 11.0, 12.0, 13.0], Enumerable.Range(0, 4).Select(i => signal.Header.Axes[0].At(i)));
    }

    [Fact]
    public async Task Points_keep_their_abscissas()
    {
        var signal = Assert.Single(await Opened.SignalsAsync("x.jdx", Block("MASS SPECTRUM", "##XFACTOR=2\n##YFACTOR=10\n##PEAK TABLE=(XY..XY)\n1,2 3,4;\n5.5,6\n")));
        Assert.Equal([2.0, 6.0, 11.0], signal.Header.Axes[0].Values!);
        Assert.Equal([20.0, 40.0, 60.0], await signal.NumbersAsync());
    }

    [Fact]
    public async Task Assigned_peaks_are_a_table()
    {
        var table = Assert.Single(await Opened.SignalsAsync("x.jdx", Block("NMR PEAK ASSIGNMENTS", "##PEAK ASSIGNMENTS=(XYA)\n(12.5, 3, <C1>)\n(13.5, 4, <C2, C3>)\n")));
        Assert.Equal([12.5, 13.5], (await table.ColumnAsync("x")).Cast<double>());
        Assert.Equal(["C1", "C2, C3"], (await table.ColumnAsync("assignment")).Cast<string>());
    }

    [Fact]
    public async Task Real_and_imaginary_pages_have_the_factors_of_their_columns()
    {
        const string ntuples = """
            ##NTUPLES= NMR FID
            ##VAR_NAME= TIME, FID/REAL, FID/IMAG, PAGE NUMBER
            ##SYMBOL= X, R, I, N
            ##VAR_DIM= 3, 3, 3, 2
            ##UNITS= SECONDS, ARBITRARY UNITS, ARBITRARY UNITS,
            ##FIRST= 0, 10, 1, 1
            ##LAST= 0.2, 30, 3, 2
            ##FACTOR= 0.1, 10, 0.5, 1
            ##PAGE= N=1
            ##DATA TABLE= (X++(R..R)), XYDATA
            0 1 2 3
            ##PAGE= N=2
            ##DATA TABLE= (X++(I..I)), XYDATA
            0 2 4 6
            ##END NTUPLES= NMR FID

            """;
        var signals = await Opened.SignalsAsync("x.dx", Block("NMR FID", ntuples));
        Assert.Equal(["test, N=1", "test, N=2"], signals.Select(signal => signal.Header.Name));
        Assert.Equal([10.0, 20.0, 30.0], await signals[0].NumbersAsync());
        Assert.Equal([1.0, 2.0, 3.0], await signals[1].NumbersAsync());
        Assert.Equal(("TIME", "s", AxisRole.Time, 0.1), (signals[0].Header.Axes[0].Name, signals[0].Header.Axes[0].Unit, signals[0].Header.Axes[0].Role, signals[0].Header.Axes[0].Step));
    }

    [Fact]
    public async Task Blocks_within_a_link_are_signals_in_the_order_of_the_file()
    {
        var inner = Block("INFRARED SPECTRUM", "##FIRSTX=0\n##LASTX=1\n##NPOINTS=2\n##XYDATA=(X++(Y..Y))\n0 1 2\n");
        var text = $"##TITLE=all\n##JCAMP-DX=5\n##DATA TYPE=LINK\n##BLOCKS=2\n{inner.Replace("=test", "=one", StringComparison.Ordinal)}{inner.Replace("=test", "=two", StringComparison.Ordinal)}##END=\n";
        Assert.Equal(["one", "two"], (await Opened.SignalsAsync("x.jdx", text)).Select(signal => signal.Header.Name));
    }

    [Theory]
    [InlineData("0 1 2 ! 3", "'!'")]
    [InlineData("0AZ9999999", "repeated 89999999 times")]
    public async Task What_is_of_no_form_is_refused_with_its_place(string data, string words)
    {
        var text = Block("INFRARED SPECTRUM", $"##FIRSTX=0\n##LASTX=9\n##NPOINTS=10\n##XYDATA=(X++(Y..Y))\n{data}\n");
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Opened.SignalsAsync("x.jdx", text));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    private static string Block(string type, string records) => $"##TITLE=test\n##JCAMP-DX=5.00\n##DATA TYPE={type}\n##XUNITS=1/CM\n##YUNITS=ABSORBANCE\n{records}##END=\n";
}
