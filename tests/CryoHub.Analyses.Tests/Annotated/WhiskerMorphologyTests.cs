using System.Globalization;
using CryoHub.Analyses.Annotated;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Annotated;

public sealed class WhiskerMorphologyTests
{
    private const double Pixel = 2; // nm

    /// <summary>Ribbons of 20 px width with round tips: straight along 30 degrees, and bent as a half circle of radius 90 px.</summary>
    [Theory]
    [InlineData(false, 260, 1)]
    [InlineData(true, (Math.PI * 90) + 20, 1.5)]
    public async Task Ribbons_of_known_length_and_width_come_out_within_one_percent(bool bent, double length, double tortuosityPercent)
    {
        var labels = new float[320 * 300];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = Distance(bent, (i % 320) + 0.5, (i / 320) + 0.5) <= 10 ? 1 : 0;
        }

        var found = await OfAsync(new WhiskerMorphologyParameters(), ("labels", Picture(labels, 320)));
        Assert.Equal(length * Pixel, found.Numbers["Length"].Value, 0.01 * length * Pixel);
        Assert.Equal(20 * Pixel, found.Numbers["Width"].Value, 0.01 * 20 * Pixel);
        Assert.Equal(length / 20, found.Numbers["Aspect ratio"].Value, 0.015 * length / 20);
        // Tips of the half circle lie 180 px apart along x and 10 px beyond its centre line's ends.
        Assert.Equal(bent ? length / 180 : 1, found.Numbers["Tortuosity"].Value, tortuosityPercent / 100 * (bent ? length / 180 : 1));
        Assert.Equal("nm", found.Numbers["Length"].Unit);
        Assert.True(found.Numbers["Length"].Uncertainty > 0);
    }

    [Fact]
    public async Task A_ball_is_a_sphere_and_lies_on_its_substrate_as_long_as_it_touches_it()
    {
        var labels = new float[300 * 200];
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y) = ((i % 300) + 0.5, (i / 300) + 0.5);
            labels[i] = y > 150 ? 2 : double.Hypot(x - 80, y - 70) <= 40 ? 1 : x is > 180 and < 260 && y > 100 ? 1 : 0;
        }

        var found = await OfAsync(new WhiskerMorphologyParameters { Substrate = 2 }, ("labels", Picture(labels, 300)));
        var table = found.Tables["Whiskers"].ToDictionary(column => column.Name);
        var ball = (double)table["x"].Values[0] < 150 ? 0 : 1;
        Assert.Equal(1, (double)table["Sphericity"].Values[ball], 0.01);
        Assert.Equal(80 * Pixel, (double)table["Length"].Values[ball], 0.02 * 80 * Pixel);
        Assert.Equal(0, (double)table["Contact length"].Values[ball]);
        Assert.Equal(80 * Pixel, (double)table["Contact length"].Values[1 - ball], (double)table["Contact length uncertainty"].Values[1 - ball]);
    }

    [Fact]
    public async Task The_uncertainty_of_a_width_covers_it_in_about_two_thirds_of_500_drawings()
    {
        var noise = new Noise(41);
        var covered = 0;
        for (var i = 0; i < 500; i++)
        {
            // A place every 20 px (the width) on both sides, each placed with 0.5 px.
            string Place(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"[{x + (0.5 * noise.Normal()):R},{y + (0.5 * noise.Normal()):R}]");
            string[] ring = [.. Enumerable.Range(0, 16).Select(k => Place(40 + (20 * k), 100)), .. Enumerable.Range(0, 16).Select(k => Place(340 - (20 * k), 120))];
            var json = $$"""{ "type": "Polygon", "coordinates": [[{{string.Join(",", ring)}},{{ring[0]}}]] }""";
            var (value, _, uncertainty) = (await OfAsync(new WhiskerMorphologyParameters { Pixel = Pixel }, ("shapes", DocumentSignal.Of("w.geojson", json, MetadataTree.Empty)))).Numbers["Width"];
            Assert.Equal(20 * Pixel, value, 2.0);
            covered += Math.Abs(value - (20 * Pixel)) <= uncertainty ? 1 : 0;
        }

        Assert.InRange(covered, 300, 380);
    }

    [Fact]
    public async Task What_holds_no_whisker_is_refused_in_words()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OfAsync(new WhiskerMorphologyParameters(), ("labels", Picture(new float[400], 20))));
        Assert.Contains("0 parts of label 1", problem.Message, StringComparison.Ordinal);
        problem = await Assert.ThrowsAsync<ProblemException>(() => OfAsync(new WhiskerMorphologyParameters()));
        Assert.Contains("found none", problem.Message, StringComparison.Ordinal);
    }

    private static double Distance(bool bent, double x, double y)
    {
        if (!bent)
        {
            var (sin, cos) = Math.SinCos(Math.PI / 6);
            var along = Math.Clamp(((x - 40) * cos) + ((y - 60) * sin), 0, 240);
            return double.Hypot(x - 40 - (along * cos), y - 60 - (along * sin));
        }

        var (dx, dy) = (x - 160, y - 200);
        return dy <= 0 ? Math.Abs(double.Hypot(dx, dy) - 90) : Math.Min(double.Hypot(dx - 90, dy), double.Hypot(dx + 90, dy));
    }

    private static ArraySignal Picture(float[] pixels, int width) =>
        Run.Signal(SignalKind.Image, pixels, new Axis("y", pixels.Length / width, "nm", AxisRole.Space, Pixel), new Axis("x", width, "nm", AxisRole.Space, Pixel));

    private static Task<CollectedResults> OfAsync(WhiskerMorphologyParameters parameters, params (string Role, ISignal Signal)[] inputs) =>
        Run.Async(new WhiskerMorphology(), inputs.ToDictionary(input => input.Role, input => input.Signal), parameters);
}
