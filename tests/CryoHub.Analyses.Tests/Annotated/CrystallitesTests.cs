using System.Globalization;
using CryoHub.Analyses.Annotated;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Annotated;

public sealed class CrystallitesTests
{
    private const double Pixel = 0.1; // nm

    [Fact]
    public async Task Discs_of_known_size_come_out_within_one_percent()
    {
        var labels = new float[400 * 300];
        for (var i = 0; i < labels.Length; i++)
        {
            var (x, y) = ((i % 400) + 0.5, (i / 400) + 0.5);
            labels[i] = double.Hypot((x % 80) - 40.3, (y % 80) - 39.6) < 25 && y < 240 ? 2 : y < 240 ? 1 : 0; // 5 x 3 discs in a matrix
        }

        var found = await OfAsync(new CrystallitesParameters { Crystalline = [2], Matrix = [1] }, ("labels", Picture(labels, 400)));
        Assert.Equal(15, found.Numbers["Crystallites"].Value);
        Assert.Equal(0, found.Numbers["Crystallites cut by the border"].Value);
        Assert.Equal(5, found.Numbers["Equivalent diameter, mean"].Value, 0.05);
        Assert.Equal("nm", found.Numbers["Equivalent diameter, mean"].Unit);
        Assert.Equal(Math.PI * 6.25, found.Numbers["Area, mean"].Value, 0.01 * Math.PI * 6.25);
        Assert.Equal(15 * Math.PI * 625 / (400 * 240), found.Numbers["Crystalline fraction"].Value, 0.003);
        Assert.Equal(1, found.Curves["Distribution of equivalent diameters"].Y.Sum(), 1e-9);
    }

    /// <summary>Discs placed at random, half of them of 8 and half of 30 px: whole large ones are rare in a small picture.</summary>
    [Fact]
    public async Task The_border_does_not_bias_the_mean_and_the_uncertainty_covers_it_in_about_two_thirds_of_500_draws()
    {
        var noise = new Noise(31);
        var (truth, covered, sum, bare) = (19 * Pixel, 0, 0.0, 0.0);
        const double density = 40 / (200.0 * 160);
        for (var i = 0; i < 500; i++)
        {
            var shapes = new List<string>();
            var whole = new List<double>();
            var count = noise.Poisson(density * 260 * 220);
            for (var d = 0; d < count; d++)
            {
                var (x, y, r) = (noise.Between(-30, 230), noise.Between(-30, 190), noise.Between(0, 1) < 0.5 ? 4.0 : 15.0);
                if (x + r > 0 && y + r > 0 && x - r < 200 && y - r < 160)
                {
                    shapes.Add(string.Create(CultureInfo.InvariantCulture, $$$"""{ "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [[[{{{x}}},{{{y}}}],[{{{x + r}}},{{{y}}}],[{{{x}}},{{{y + r}}}]]] }, "properties": { "kind": "ellipse", "class": "crystallite", "rings": [[{{{x}}},{{{y}}}],[{{{x + r}}},{{{y}}}],[{{{x}}},{{{y + r}}}]] } }"""));
                    if (x - r >= 1 && y - r >= 1 && x + r <= 199 && y + r <= 159)
                    {
                        whole.Add(2 * r * Pixel);
                    }
                }
            }

            var file = DocumentSignal.Of("drawn.geojson", $$"""{ "type": "FeatureCollection", "features": [{{string.Join(",", shapes)}}] }""", MetadataTree.Empty);
            var (value, _, uncertainty) = (await OfAsync(new CrystallitesParameters { Class = "crystallite" }, ("shapes", file), ("signal", Picture(new float[200 * 160], 200)))).Numbers["Equivalent diameter, mean"];
            covered += Math.Abs(value - truth) <= uncertainty ? 1 : 0;
            sum += value;
            bare += whole.Average();
        }

        Assert.Equal(truth, sum / 500, 0.02 * truth); // the mean of 500 draws of about 30 discs is known to 0.5 %; a quotient of sums is biased by 1 / n
        Assert.True(bare / 500 < 0.96 * truth, "without weights large discs are missed");
        Assert.InRange(covered, 300, 380); // 60 to 76 %
    }

    [Fact]
    public async Task The_uncertainty_of_the_crystalline_fraction_is_that_of_discs_placed_at_random()
    {
        var noise = new Noise(33);
        var (covered, truth) = (0, 1 - Math.Exp(-30 * Math.PI * 36 / (150.0 * 150))); // share of a plane that discs of 6 px cover
        for (var i = 0; i < 500; i++)
        {
            var labels = new float[150 * 150];
            var discs = noise.Poisson(30 * 190 * 190 / (150.0 * 150));
            for (var d = 0; d < discs; d++)
            {
                var (cx, cy) = (noise.Between(-20, 170), noise.Between(-20, 170));
                for (var y = Math.Max(0, (int)(cy - 7)); y < Math.Min(150, cy + 7); y++)
                {
                    for (var x = Math.Max(0, (int)(cx - 7)); x < Math.Min(150, cx + 7); x++)
                    {
                        labels[(y * 150) + x] = double.Hypot(x + 0.5 - cx, y + 0.5 - cy) < 6 ? d + 1 : labels[(y * 150) + x];
                    }
                }
            }

            var (value, _, uncertainty) = (await OfAsync(new CrystallitesParameters { Numbered = true }, ("labels", Picture(labels, 150)))).Numbers["Crystalline fraction"];
            covered += Math.Abs(value - truth) <= uncertainty ? 1 : 0;
        }

        Assert.InRange(covered, 300, 380);
    }

    [Fact]
    public async Task What_holds_no_crystallite_is_refused_in_words_and_cut_ones_have_no_size()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OfAsync(new CrystallitesParameters { Crystalline = [5] }, ("labels", Picture(new float[100], 10))));
        Assert.Contains("label 5", problem.Message, StringComparison.Ordinal);
        float[] all = new float[100];
        Array.Fill(all, 1);
        var found = await OfAsync(new CrystallitesParameters(), ("labels", Picture(all, 10)));
        Assert.Equal(1, found.Numbers["Crystallites cut by the border"].Value);
        Assert.DoesNotContain("Equivalent diameter, mean", found.Numbers.Keys);
        Assert.Contains(found.Warnings, sentence => sentence.Contains("touch the border", StringComparison.Ordinal));
    }

    private static ArraySignal Picture(float[] pixels, int width) =>
        Run.Signal(SignalKind.Image, pixels, new Axis("y", pixels.Length / width, "nm", AxisRole.Space, Pixel), new Axis("x", width, "nm", AxisRole.Space, Pixel));

    private static Task<CollectedResults> OfAsync(CrystallitesParameters parameters, params (string Role, ISignal Signal)[] inputs) =>
        Run.Async(new Crystallites(), inputs.ToDictionary(input => input.Role, input => input.Signal), parameters);
}
