using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Numerics.Tests.Tomography.Alignment;

public sealed class TiltModelTests
{
    private const int Views = 41;
    private const int Markers = 15;
    private const int Reference = 20;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void The_geometry_of_beads_comes_back_from_noisy_positions_with_outliers(bool rotations, bool magnifications)
    {
        var (seen, truth) = Series(rotations, magnifications, noise: 0.2, outliers: 20);
        ViewPose[] start = [.. truth.Select(pose => new ViewPose(pose.Tilt, 80, 1, 0, 0))];

        var model = TiltModel.Fit(seen, start, Markers, Reference, new TiltModelOptions(Rotation: rotations, Magnification: magnifications));

        Assert.InRange(model.Residual, 0.15, 0.3); // sigma 0.2 px in x and in y are 0.28 px of distance, a little less with 2.4 times as many numbers as unknowns
        Assert.Equal(83.7, model.Poses.Average(pose => pose.Rotation), 0.1);
        for (var view = 0; view < Views; view++)
        {
            Assert.Equal(truth[view].Rotation, model.Poses[view].Rotation, rotations ? 0.4 : 0.1);
            Assert.Equal(truth[view].Magnification, model.Poses[view].Magnification, 0.005);
        }

        Assert.Equal((0, 0), (Math.Round(model.Poses[Reference].ShiftX, 6), Math.Round(model.Poses[Reference].ShiftY, 6)));
        Assert.True(model.Weights[..20].ToArray().Count(weight => weight < 0.1) >= 18, "outliers kept their weight");
        if (!rotations)
        {
            Assert.InRange(model.AxisError, 0.003, 0.05);
        }
    }

    [Fact]
    public void Aligned_shifts_are_the_true_ones_up_to_where_the_origin_lies()
    {
        var (seen, truth) = Series(false, false, noise: 0, outliers: 0);
        ViewPose[] start = [.. truth.Select(pose => new ViewPose(pose.Tilt, 80, 1, 0, 0))];

        var model = TiltModel.Fit(seen, start, Markers, Reference, new TiltModelOptions());

        // An origin (a, b, c) elsewhere adds a cos t + c sin t across the axis and b along it, the same a, b, c for all views.
        var across = new double[Views];
        for (var view = 0; view < Views; view++)
        {
            var (u, v) = (truth[view] with { ShiftX = 0, ShiftY = 0 }).Lift(model.Poses[view].ShiftX - truth[view].ShiftX, model.Poses[view].ShiftY - truth[view].ShiftY);
            across[view] = u;
            if (view > 0)
            {
                var (_, first) = (truth[0] with { ShiftX = 0, ShiftY = 0 }).Lift(model.Poses[0].ShiftX - truth[0].ShiftX, model.Poses[0].ShiftY - truth[0].ShiftY);
                Assert.Equal(first, v, 1e-4);
            }
        }

        var (s1, c1) = Math.SinCos(truth[0].Tilt * Math.PI / 180);
        var (s2, c2) = Math.SinCos(truth[^1].Tilt * Math.PI / 180);
        var a = ((across[0] * s2) - (across[^1] * s1)) / ((c1 * s2) - (c2 * s1));
        var c = ((across[^1] * c1) - (across[0] * c2)) / ((c1 * s2) - (c2 * s1));
        for (var view = 0; view < Views; view++)
        {
            var (sin, cos) = Math.SinCos(truth[view].Tilt * Math.PI / 180);
            Assert.Equal((a * cos) + (c * sin), across[view], 1e-4);
        }
    }

    private static (List<MarkerPosition> Seen, ViewPose[] Truth) Series(bool rotations, bool magnifications, double noise, int outliers)
    {
        var random = new Random(5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        ViewPose[] truth =
        [
            .. Enumerable.Range(0, Views).Select(view => new ViewPose(
                -60 + (3 * view),
                83.7 + (rotations ? 0.3 * Math.Sin(view) : 0),
                magnifications && view != Reference ? 1 + (0.01 * Math.Cos(view * 0.7)) : 1,
                20 * (random.NextDouble() - 0.5),
                20 * (random.NextDouble() - 0.5))),
        ];
        var beads = Enumerable.Range(0, Markers).Select(_ => (X: 400 * (random.NextDouble() - 0.5), Y: 400 * (random.NextDouble() - 0.5), Z: 60 * (random.NextDouble() - 0.5))).ToArray();
        var seen = new List<MarkerPosition>();
        for (var marker = 0; marker < Markers; marker++)
        {
            for (var view = 0; view < Views; view++)
            {
                var (x, y) = truth[view].Project(beads[marker].X, beads[marker].Y, beads[marker].Z);
                seen.Add(new MarkerPosition(view, marker, x + (noise * Normal()), y + (noise * Normal())));
            }
        }

        seen = [.. seen.OrderBy(_ => random.Next())];
        for (var i = 0; i < outliers; i++)
        {
            seen[i] = seen[i] with { X = seen[i].X + 8, Y = seen[i].Y - 5 };
        }

        return (seen, truth);
    }
}
