using CryoHub.Cli.Results;

namespace CryoHub.Cli.Tests;

public sealed class CsvTextTests
{
    [Fact]
    public void A_cell_that_a_spreadsheet_would_run_is_neutralised() =>
        Assert.Equal("'=1+2,'@x,'-cmd,-2.5\n", CsvText.Line(["=1+2", "@x", "-cmd", -2.5]));

    [Fact]
    public void Commas_and_quotes_are_quoted_and_no_value_is_an_empty_cell() =>
        Assert.Equal("\"a,\"\"b\"\"\",,0.1\n", CsvText.Line(["a,\"b\"", double.NaN, 0.1]));
}
