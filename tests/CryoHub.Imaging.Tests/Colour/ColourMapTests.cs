using CryoHub.Imaging.Colour;

namespace CryoHub.Imaging.Tests.Colour;

public sealed class ColourMapTests
{
    /// <summary>First, middle and last colour as matplotlib's documentation shows them (#440154, #21918c, #fde725 for viridis).</summary>
    [Theory]
    [InlineData("grey", 0x000000, 0x808080, 0xFFFFFF)]
    [InlineData("viridis", 0x440154, 0x21918C, 0xFDE725)]
    [InlineData("inferno", 0x000004, 0xBC3754, 0xFCFFA4)]
    [InlineData("magma", 0x000004, 0xB73779, 0xFCFDBF)]
    [InlineData("cividis", 0x00224E, 0x7D7C78, 0xFEE838)]
    public void Published_colours_stand_at_their_places(string name, int low, int middle, int high)
    {
        var map = Assert.Single(ColourMap.All, map => map.Name == name);
        Assert.Equal(256 * 3, map.Rgb.Length);
        Assert.Equal([low, middle, high], ((double[])[0, 128 / 255.0, 1]).Select(fraction => map.At(fraction) is var (r, g, b) ? (r << 16) | (g << 8) | b : -1));
    }

    /// <summary>Lightness rises all the way (CIE 1931 luminance of linear sRGB), so that a picture reads the same in grey.</summary>
    [Theory]
    [InlineData("viridis")]
    [InlineData("inferno")]
    [InlineData("magma")]
    [InlineData("cividis")]
    public void Lightness_rises_from_low_to_high(string name)
    {
        var map = ColourMap.All.Single(map => map.Name == name);
        var last = -0.01;
        for (var i = 0; i < 256; i += 5)
        {
            var (r, g, b) = map.At(i / 255.0);
            var luminance = (0.2126 * Linear(r)) + (0.7152 * Linear(g)) + (0.0722 * Linear(b));
            Assert.True(luminance > last, $"{name} gets darker at {i}.");
            last = luminance;
        }
    }

    private static double Linear(byte value) => value / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
}
