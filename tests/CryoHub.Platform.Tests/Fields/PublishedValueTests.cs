using System.Globalization;
using CryoHub.Platform.Literature;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Fields;

public sealed class PublishedValueTests
{
    /// <summary>The perspective's own words: about 20 nm at 20 °C and 35 nm at 60 °C in carbonate, 76 nm at LiPON.</summary>
    [Theory]
    [InlineData("20 °C", "SEI thickness", 20, 46)]
    [InlineData("60 °C", "SEI thickness", 35, 46)]
    [InlineData("thin-film cell", "interphase thickness", 76, 54)]
    public void Thicknesses_of_lithium_are_those_of_the_paper(string condition, string quantity, double nanometres, int reference) =>
        Assert.Contains(PublishedValues.All, value => value.Metal == "Li" && value.Condition == condition && value.Quantity == quantity && value.Low == nanometres && value.Unit == "nm" && value.Reference == reference);

    [Fact]
    public async Task Every_number_of_the_collected_table_is_there()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var lines = await File.ReadAllLinesAsync(Path.Combine(SharedData.Folder, "..", "reference", "literature.csv"), TestContext.Current.CancellationToken);
        var told = lines.Skip(1).Select(line => line.Split(',')).Select(cells => (Quantity: cells[6], Low: Number(cells[7]), High: Number(cells[8]), Reference: Number(cells[^1]))).ToList();
        Assert.Equal(told, PublishedValues.All.Select(value => (value.Quantity, value.Low, value.High, (double?)value.Reference)));
    }

    private static double? Number(string cell) => cell.Length > 0 ? double.Parse(cell, CultureInfo.InvariantCulture) : null;
}
