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

    /// <summary>The same table says how a number is meant; none of these may stand as the plain value.</summary>
    [Fact]
    public void Deviations_and_bounds_are_kept_with_their_numbers()
    {
        Assert.Equal([(191.0, 24.0), (306.0, 43.0)], PublishedValues.All.Where(value => value.Deviation is not null).Select(value => (value.Low!.Value, value.Deviation!.Value)));
        Assert.Equal([("up to", 300.0, "nm"), ("about", 300, "nm"), ("above", 2, "mS/cm")], PublishedValues.All.Where(value => value.Bound.Length > 0).Select(value => (value.Bound, value.Low!.Value, value.Unit)));
    }

    private static double? Number(string cell) => cell.Length > 0 ? double.Parse(cell, CultureInfo.InvariantCulture) : null;
}
