using CryoHub.Imaging;
using CryoHub.Platform.Quantities;

namespace CryoHub.Platform.Tests.Quantities;

public sealed class QuantityTests
{
    /// <summary>Expected values by hand from the definitions of the SI brochure (2019).</summary>
    [Theory]
    [InlineData("-145 degC", Dimension.Temperature, "°C", 128.15)]
    [InlineData("128 K", Dimension.Temperature, "°C", 128)]
    [InlineData("−145.2", Dimension.Temperature, "°C", 127.95)]
    [InlineData("32 °F", Dimension.Temperature, "°C", 273.15)]
    [InlineData("0.5 mA/cm2", Dimension.CurrentDensity, "mA/cm²", 5)]
    [InlineData("2 mAh/cm^2", Dimension.ArealCapacity, "mAh/cm²", 72000)]
    [InlineData("0.3 ppm", Dimension.Fraction, "ppm", 3e-7)]
    [InlineData("1.2 M", Dimension.Concentration, "mol/L", 1200)]
    [InlineData("50 uL", Dimension.Volume, "µL", 5e-8)]
    [InlineData("41e/Å²", Dimension.Fluence, "e/Å²", 4.1e21)]
    [InlineData("1e4 e/A^2", Dimension.Fluence, "e/Å²", 1e24)]
    [InlineData("90 min", Dimension.Duration, "s", 5400)]
    [InlineData("200", Dimension.BeamEnergy, "keV", 3.204353268e-14)]
    [InlineData("760 Torr", Dimension.Pressure, "mbar", 101325)]
    [InlineData("12 A", Dimension.Length, "nm", 1.2e-9)]
    [InlineData("35.6 pm", Dimension.Length, "nm", 3.56e-11)]
    [InlineData("12 A", Dimension.Current, "nA", 12)]
    public void What_is_typed_in_any_common_unit_is_kept_in_SI(string typed, Dimension dimension, string unit, double si)
    {
        var quantity = Quantity.Parse(typed, dimension, Units.Of(dimension, unit));
        Assert.Equal(si, quantity.Si, 1e-12 * Math.Abs(si));
        Assert.StartsWith(typed, quantity.Typed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-300 degC", Dimension.Temperature, "°C", "below absolute zero, −273.15 °C")]
    [InlineData("12 mA", Dimension.Temperature, "°C", "is a current; expected a temperature")]
    [InlineData("12 parsec", Dimension.Length, "nm", "“parsec” is no unit")]
    [InlineData("cold", Dimension.Temperature, "°C", "-145 °C or 128 K")]
    [InlineData("-3 min", Dimension.Duration, "s", "is negative")]
    [InlineData("120 %", Dimension.Fraction, "ppm", "the whole (0 to 1000000 ppm)")]
    [InlineData("2.5", Dimension.Count, "", "not a whole number")]
    [InlineData("1e999 nm", Dimension.Length, "nm", "is no number")]
    public void What_cannot_be_is_refused_with_the_reason(string typed, Dimension dimension, string unit, string reason)
    {
        var refused = Assert.Throws<ProblemException>(() => Quantity.Parse(typed, dimension, Units.Of(dimension, unit)));
        Assert.Equal(ProblemKind.Invalid, refused.Kind);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_unit_reads_back_what_it_shows()
    {
        foreach (var unit in Units.All)
        {
            var shown = new Quantity((0.5 * unit.Factor) + unit.Offset, "").Show(unit);
            if (unit.Dimension != Dimension.Count)
            {
                Assert.Equal(0.5, Quantity.Parse(shown, unit.Dimension, unit).In(unit), 1e-9);
            }
        }
    }

    [Fact]
    public void A_temperature_is_shown_in_the_unit_of_its_field() =>
        Assert.Equal("−145.2 °C", Quantity.Parse("128 K", Dimension.Temperature, Units.Of(Dimension.Temperature, "K")).Show(Units.Of(Dimension.Temperature, "°C")));

    [Fact]
    public void Thousands_are_written_out() =>
        Assert.Equal("20000 e/Å²", Quantity.Parse("2e4", Dimension.Fluence, Units.Of(Dimension.Fluence, "e/Å²")).Show(Units.Of(Dimension.Fluence, "e/Å²")));
}
