using CryoHub.Web.Features.Analyses;

namespace CryoHub.Web.Tests.Pages;

public sealed class TypedNumberTests
{
    [Theory]
    [InlineData("532", "eV", 532)]
    [InlineData(" 0.82 nm ", "nm", 0.82)]
    [InlineData("2 keV", "eV", 2000)]
    [InlineData("2.02 Å", "nm", 0.202)]
    [InlineData("−66", "deg", -66)]
    [InlineData("-66°", "deg", -66)]
    [InlineData("3.14159265358979 rad", "deg", 180)]
    [InlineData("1e-3", "nm", 0.001)]
    [InlineData("128 K", "°C", -145.15)]
    public void A_number_is_read_in_the_unit_of_its_field(string typed, string unit, double expected) =>
        Assert.Equal(expected, TypedNumber.Read(typed, unit)!.Value, 1e-9);

    [Theory]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("1,5")]
    [InlineData("5 kg")]
    [InlineData("0.1.2")]
    public void What_cannot_be_read_is_not_guessed(string typed) => Assert.Null(TypedNumber.Read(typed, "eV"));

    [Fact]
    public void Another_unit_is_said() => Assert.Equal("128 K read as -145.15 °C", TypedNumber.Read("128 K", "°C")!.Note);

    [Fact]
    public void The_own_unit_is_not_worth_a_word() => Assert.Equal("", TypedNumber.Read("5 eV", "eV")!.Note);
}
