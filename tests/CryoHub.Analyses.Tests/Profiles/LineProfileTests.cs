using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Profiles;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Profiles;

public sealed class LineProfileTests
{
    private const int Rows = 24, Columns = 80;
    private const double StepNm = 2;

    private static readonly LineProfile Profile = new();

    [Fact]
    public async Task A_blurred_interface_is_found_with_its_width_and_gradient()
    {
        const double sigma = 2.5;

        var results = await Run.Async(Profile, Map(x => 10 + (50 * Phi((x - 33.3) / sigma)), 2, 1), new LineProfileParameters());

        Near(33.3 * StepNm, results.Numbers["test: position"]);
        Near(2.563 * sigma * StepNm, results.Numbers["test: width 10-90 %"]);
        Near(50 / (sigma * StepNm * Math.Sqrt(2 * Math.PI)), results.Numbers["test: steepest gradient"]);
        Assert.DoesNotContain("test: layer thickness", results.Numbers.Keys);
        Assert.Equal("nm", results.Numbers["test: position"].Unit);
    }

    [Fact]
    public async Task A_layer_has_a_thickness()
    {
        var results = await Run.Async(Profile, Map(x => 5 + (20 * (Phi((x - 20) / 1.5) - Phi((x - 58) / 3.0))), 2, 2), new LineProfileParameters());

        Near(38 * StepNm, results.Numbers["test: layer thickness"]);
        Near(2.563 * 1.5 * StepNm, results.Numbers["test, edge 1: width 10-90 %"]);
        Near(2.563 * 3.0 * StepNm, results.Numbers["test, edge 2: width 10-90 %"]);
        Assert.Equal(2, results.Tables["Interfaces"][0].Values.Count);
    }

    [Fact]
    public async Task Every_edge_of_a_stack_of_layers_is_found_and_no_more()
    {
        (double At, double Sigma, double Height)[] edges = [(13.2, 1.2, 30), (29.7, 1.8, -15), (47.4, 1.2, 35), (58.1, 2.5, 12), (69.9, 1.5, -55)]; // two of them rise one after the other

        var results = await Run.Async(Profile, Map(x => 10 + edges.Sum(edge => edge.Height * Phi((x - edge.At) / edge.Sigma)), 2, 7), new LineProfileParameters());

        Assert.Equal(edges.Length, results.Tables["Interfaces"][0].Values.Count);
        for (var i = 0; i < edges.Length; i++)
        {
            Near(edges[i].At * StepNm, results.Numbers[$"test, edge {i + 1}: position"]);
            Near(2.563 * edges[i].Sigma * StepNm, results.Numbers[$"test, edge {i + 1}: width 10-90 %"], 0.2);
        }

        Near((29.7 - 13.2) * StepNm, results.Numbers["test: layer thickness, edges 1 to 2"]);
        Near((58.1 - 47.4) * StepNm, results.Numbers["test: distance, edges 3 to 4"]);
    }

    [Fact]
    public void Edges_are_seldom_seen_in_noise()
    {
        double[] x = [.. Enumerable.Range(0, Columns).Select(i => (double)i)];
        double[] ones = [.. x.Select(_ => 1.0)];
        var seen = Enumerable.Range(0, 200).Count(seed => new Noise(1000 + seed) is var noise && StepFit.Best(x, [.. x.Select(_ => noise.Normal())], ones) is not null);

        Assert.InRange(seen, 0, 10); // a Bayes factor of exp(5) against each of some 40 places an edge could be at
    }

    [Fact]
    public void Two_thirds_of_500_positions_lie_within_one_sigma()
    {
        double[] x = [.. Enumerable.Range(0, Columns).Select(i => (double)i)];
        double[] ones = [.. x.Select(_ => 1.0)];
        var (position, width) = (0, 0);
        for (var seed = 0; seed < 500; seed++)
        {
            var noise = new Noise(seed);
            var fit = StepFit.Best(x, [.. x.Select(at => (10 * Phi((at - 40.4) / 3)) + noise.Normal())], ones)!;
            position += fit.Edges == 1 && Math.Abs(fit.Parameters[2] - 40.4) < fit.Error(2) ? 1 : 0;
            width += fit.Edges == 1 && Math.Abs(fit.Parameters[3] - 3) < fit.Error(3) ? 1 : 0;
        }

        Assert.InRange(position / 500.0, 0.60, 0.76);
        Assert.InRange(width / 500.0, 0.60, 0.76);
    }

    [Fact]
    public async Task Noise_has_no_interface_and_bad_input_is_named()
    {
        var flat = await Run.Async(Profile, Map(_ => 7, 1, 3), new LineProfileParameters());

        Assert.Contains("no interface", Assert.Single(flat.Warnings));
        Assert.Contains("within the map of 80 x 24 px", await Run.ProblemAsync(Profile, Map(_ => 7, 1, 4), new LineProfileParameters { Line = new ProfileLine { ToX = 90 } }));
        Assert.Contains("holds 0 points", await Run.ProblemAsync(Profile, Map(_ => double.NaN, 1, 5), new LineProfileParameters()));
        Assert.Contains("holds 6 points", await Run.ProblemAsync(Profile, Map(_ => 7, 1, 6), new LineProfileParameters { Line = new ProfileLine { ToX = 5 } }));
    }

    private static void Near(double truth, (double Value, string Unit, double? Uncertainty) found, double most = 0.1)
    {
        Assert.InRange(found.Value, truth - (3.5 * found.Uncertainty!.Value), truth + (3.5 * found.Uncertainty.Value));
        Assert.InRange(found.Uncertainty.Value, 0, most * Math.Abs(truth));
    }

    /// <summary>Share of a normal distribution below z: the midpoint rule from -8.</summary>
    private static double Phi(double z) => Enumerable.Range(0, 1600).Select(i => -8 + ((i + 0.5) * (z + 8) / 1600)).Sum(t => Math.Exp(-t * t / 2)) * Math.Max(0, z + 8) / 1600 / Math.Sqrt(2 * Math.PI);

    private static ArraySignal Map(Func<double, double> profile, double noise, int seed)
    {
        var random = new Noise(seed);
        double[] along = [.. Enumerable.Range(0, Columns).Select(x => profile(x))];
        float[] pixels = [.. Enumerable.Range(0, Rows * Columns).Select(i => (float)(along[i % Columns] + (noise * random.Normal())))];
        return Run.Signal(SignalKind.Image, pixels, new Axis("y", Rows, "nm", AxisRole.Space, StepNm), new Axis("x", Columns, "nm", AxisRole.Space, StepNm));
    }
}
