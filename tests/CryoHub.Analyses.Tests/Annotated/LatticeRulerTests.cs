using System.Globalization;
using CryoHub.Analyses.Annotated;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Annotated;

public sealed class LatticeRulerTests
{
    private const double Pixel = 0.02; // nm

    [Fact]
    public async Task Spacings_and_angles_come_out_as_they_were_drawn()
    {
        // Fringes 0.2352 nm apart along 20 degrees, others 0.2037 nm apart along 74.74 degrees, a wire along -35.26 degrees.
        var found = await OfAsync(
            new LatticeRulerParameters { Pixel = Pixel, Growth = "wire", PixelUncertainty = 1 },
            Line("a", 12 * 0.2352, 20, "n = 12"), Line("a", 30 * 0.2352, 200, "30"), Line("b", 10 * 0.2037, 74.74), Line("wire", 8, -35.26));
        Assert.Equal(0.2352, found.Numbers["Spacing, a"].Value, 1e-9);
        Assert.Equal(0.2037, found.Numbers["Spacing, b"].Value, 1e-9);
        Assert.Equal("nm", found.Numbers["Spacing, b"].Unit);
        Assert.Equal(54.74, found.Numbers["Angle between a and b"].Value, 1e-6);
        Assert.Equal(55.26, found.Numbers["Growth direction against a"].Value, 1e-6);
        Assert.Equal(70, found.Numbers["Growth direction against b"].Value, 1e-6);
        // One line over 10 fringes: placing 0.5 px at both ends, and 1 % of the calibration.
        Assert.Equal(double.Hypot(Math.Sqrt(2) * 0.5 * Pixel / 10, 0.002037), found.Numbers["Spacing, b"].Uncertainty!.Value, 1e-9);
    }

    [Fact]
    public async Task An_angle_is_measured_as_drawn()
    {
        var found = await OfAsync(new LatticeRulerParameters { Pixel = Pixel }, """{ "type": "Feature", "geometry": { "type": "LineString", "coordinates": [[100, 0], [0, 0], [0, 100]] }, "properties": { "kind": "angle" } }""");
        Assert.Equal(90, found.Numbers["Angle 1"].Value, 1e-9);
        // Ends of arms of 100 px move by 0.5 px, the vertex by 0.5 px against both arms.
        Assert.Equal(double.RadiansToDegrees(0.5 * Math.Sqrt(4) / 100), found.Numbers["Angle 1"].Uncertainty!.Value, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_uncertainty_covers_the_truth_in_about_two_thirds_of_500_drawings(int lines)
    {
        var noise = new Noise(21);
        var (spacings, angles) = (0, 0);
        for (var i = 0; i < 500; i++)
        {
            var found = await OfAsync(
                new LatticeRulerParameters { Pixel = Pixel },
                [.. Enumerable.Range(0, lines).SelectMany(_ => new[] { Line("a", 10 * 0.2352, 20, "", noise), Line("b", 15 * 0.2037, 74.74, "15", noise) })]);
            var (spacing, angle) = (found.Numbers["Spacing, a"], found.Numbers["Angle between a and b"]);
            Assert.Equal(0.2352, spacing.Value, 0.01);
            spacings += Math.Abs(spacing.Value - 0.2352) <= spacing.Uncertainty ? 1 : 0;
            angles += Math.Abs(angle.Value - 54.74) <= angle.Uncertainty ? 1 : 0;
        }

        Assert.InRange(spacings, 300, 380); // 60 to 76 %
        Assert.InRange(angles, 300, 380);
    }

    [Fact]
    public async Task What_is_no_ruler_is_refused_in_words()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OfAsync(new LatticeRulerParameters(), """{ "type": "Point", "coordinates": [1, 2] }"""));
        Assert.Contains("lines, arrows or angles", problem.Message, StringComparison.Ordinal);
        problem = await Assert.ThrowsAsync<ProblemException>(() => OfAsync(new LatticeRulerParameters { Growth = "wire" }, Line("a", 1, 0)));
        Assert.Contains("no line of the class \"wire\"", problem.Message, StringComparison.Ordinal);
    }

    private static string Line(string name, double nanometres, double degrees, string label = "", Noise? noise = null)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(degrees));
        double Placed(double pixels) => pixels + (0.5 * (noise?.Normal() ?? 0));
        double[] places = [Placed(200), Placed(300), Placed(200 + (nanometres / Pixel * cos)), Placed(300 - (nanometres / Pixel * sin))]; // y downwards
        return string.Create(CultureInfo.InvariantCulture, $$$"""{ "type": "Feature", "geometry": { "type": "LineString", "coordinates": [[{{{places[0]:R}}}, {{{places[1]:R}}}], [{{{places[2]:R}}}, {{{places[3]:R}}}]] }, "properties": { "class": "{{{name}}}", "label": "{{{label}}}" } }""");
    }

    private static Task<CollectedResults> OfAsync(LatticeRulerParameters parameters, params string[] features) => Run.Async(
        new LatticeRuler(),
        new Dictionary<string, ISignal> { ["shapes"] = DocumentSignal.Of("drawn.geojson", $$"""{ "type": "FeatureCollection", "features": [{{string.Join(",", features)}}] }""", MetadataTree.Empty) },
        parameters);
}
