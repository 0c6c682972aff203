using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Tests.Spectra;

public sealed class TailAndPeaksTests
{
    private static readonly double[] Energies = [.. Enumerable.Range(0, 200).Select(i => 10 + (0.5 * i))];

    [Fact]
    public void A_power_law_with_a_peak_gives_back_all_its_numbers()
    {
        float[] counts = [.. Energies.Select(energy => (float)((5e5 * Math.Pow(energy, -1.7)) + (80 * Math.Exp(-4 * Math.Log(2) * Math.Pow((energy - 47.3) / 6.2, 2)))))];
        var fit = new TailAndPeaks(Energies, [], 1);
        double[] parameters = [.. fit.Start(counts), 45, 50, 8];
        var errors = new double[5];

        var misfit = fit.Fit(counts, [], parameters, shapes: true, errors);

        Assert.InRange(misfit, 0, 1e-6);
        Assert.Equal(47.3, parameters[2], 1e-3);
        Assert.InRange(parameters[3], 79.99, 80.01);
        Assert.Equal(6.2, parameters[4], 1e-2);
        var tail = fit.Tail(parameters);
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(5e5 * Math.Pow(Energies[i], -1.7), tail[i], 1e-4 * tail[i]));
        Assert.All(errors, error => Assert.True(error > 0));
    }

    [Fact]
    public void Held_shapes_stay_and_a_measured_tail_only_scales()
    {
        double[] measured = [.. Energies.Select(energy => Math.Log(1 / (1 + Math.Pow(energy / 20, 3))))];
        float[] counts = [.. measured.Select((value, i) => (float)((700 * Math.Exp(value)) - (5 * Math.Exp(-4 * Math.Log(2) * Math.Pow((Energies[i] - 30) / 4, 2)))))];
        var fit = new TailAndPeaks(Energies, measured, 0);
        double[] parameters = [.. fit.Start(counts), 30, 0, 4];
        var errors = new double[4];

        fit.Fit(counts, [], parameters, shapes: false, errors);

        Assert.Equal(Math.Log(700), parameters[0], 1e-4);
        Assert.Equal([30, 4], new[] { parameters[1], parameters[3] });
        Assert.Equal(-5, parameters[2], 0.01);   // a dip is a height below nothing
        Assert.Equal([0, 0], new[] { errors[1], errors[3] });
    }

    [Fact]
    public void No_counts_have_no_fit_and_wrong_lengths_are_refused()
    {
        var fit = new TailAndPeaks(Energies, [], 2);
        var parameters = fit.Start(new float[200]);
        Assert.True(fit.Fit([.. Enumerable.Repeat(float.NaN, 200)], [], parameters, shapes: false, []) is double.NaN);
        Assert.Throws<ArgumentException>(() => new TailAndPeaks([1, 2], [], 2));
        Assert.Throws<ArgumentException>(() => new TailAndPeaks([0, 1, 2, 3], [], 1));
    }
}
