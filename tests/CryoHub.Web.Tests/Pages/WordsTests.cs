using CryoHub.Web.Components;

namespace CryoHub.Web.Tests.Pages;

public sealed class WordsTests
{
    [Theory]
    [InlineData(20.6432, 1.4, "20.6 ± 1.4")]
    [InlineData(3.14159, 0.04, "3.14 ± 0.04")]
    [InlineData(18420, 210, "18,420 ± 210")]
    [InlineData(-7.31, 0.9, "−7.3 ± 0.9")]
    public void A_number_carries_as_many_digits_as_its_uncertainty(double value, double uncertainty, string expected) => Assert.Equal(expected, Words.Value(value, uncertainty));

    [Fact]
    public void A_value_that_is_none_is_not_written_as_zero() => Assert.Equal("no value", Words.Value(double.NaN, null));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(999_700, "1.00 MB")]
    [InlineData(1_020_000_000, "1.02 GB")]
    [InlineData(412_000_000_000, "412 GB")]
    public void Sizes_are_decimal_with_three_digits(long bytes, string expected) => Assert.Equal(expected, Words.Bytes(bytes));

    [Theory]
    [InlineData(0.0123, "µm", "12.3 nm")]
    [InlineData(0.000035, "µm", "35 pm")]
    [InlineData(1.35, "Å", "1.35 Å")]
    [InlineData(-2500, "nm", "−2.5 µm")]
    [InlineData(0.25, "eV", "0.25 eV")]
    public void Lengths_are_told_in_the_unit_one_reads(double value, string unit, string expected) => Assert.Equal(expected, Words.Length(value, unit));

    [Theory]
    [InlineData(6.24, "6.2 s")]
    [InlineData(72, "1 min 12 s")]
    [InlineData(7260, "2 h 1 min")]
    public void Durations_are_read_at_a_glance(double seconds, string expected) => Assert.Equal(expected, Words.Duration(TimeSpan.FromSeconds(seconds)));
}
