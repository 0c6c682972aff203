using CryoHub.Numerics.Components;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>Spectra that are not negative, and how many counts of every pixel each explains.</summary>
internal sealed class NonNegativeResults(AnalysisRun run, SpectrumCube cube, CommonShape shape, FactorSpace space, double noise)
{
    private const int BlockPoints = 1024;
    private const double Still = 1e-8;      // of the sum of squares a round; a thousand rounds more would change no digit that noise leaves
    private const int Patience = 5;         // rounds in a row

    public async Task WriteAsync(int components, int mostRounds, CancellationToken ct)
    {
        var (factors, amounts, sums, rounds) = Fit(components, mostRounds, ct);
        if (rounds == mostRounds)
        {
            run.Results.Warn($"The non-negative factors still changed after {mostRounds} rounds: allow more, or fewer components.");
        }

        var inSpectra = SmallMatrix.Inverse(factors.Gram, components);
        var inAmounts = SmallMatrix.Inverse(sums.Gram, components);
        double[] areas = [.. Enumerable.Range(0, components).Select(k => Enumerable.Range(0, shape.Channels).Sum(j => factors.Spectra[(k * shape.Channels) + j] * shape.Scale[j]))];
        int[] order = [.. Enumerable.Range(0, components).OrderByDescending(k => areas[k] * Enumerable.Range(0, space.Pixels.Length).Sum(i => amounts[(i * components) + k] * Math.Sqrt(shape.Amount[space.Pixels[i]])))];
        var maps = new PixelMaps(run.Results, cube.Header);
        run.Results.Number("Rounds", rounds, "");
        for (var place = 0; place < components; place++)
        {
            var (k, name) = (order[place], $"Factor {place + 1}");
            double[] spectrum = [.. Enumerable.Range(0, shape.Channels).Select(j => factors.Spectra[(k * shape.Channels) + j] * shape.Scale[j] / areas[k])];
            run.Results.Curve(name, shape.Energies(), spectrum, "eV", "", [.. shape.Scale.Select(scale => noise * scale * Math.Sqrt(inAmounts[(k * components) + k]) / areas[k])]);
            var counts = space.Map(cube.Pixels, i => amounts[(i * components) + k] * Math.Sqrt(shape.Amount[space.Pixels[i]]) * areas[k]);
            var error = space.Map(cube.Pixels, i => noise * Math.Sqrt(shape.Amount[space.Pixels[i]] * inSpectra[(k * components) + k]) * areas[k]);
            await maps.AddAsync($"{name}: counts", counts, "counts", error, ct);
        }
    }

    /// <summary>The rounds, in blocks of points; internal for the benchmark.</summary>
    internal (NonNegativeFactors Factors, float[] Amounts, FactorSums Sums, int Rounds) Fit(int components, int mostRounds, CancellationToken ct)
    {
        var factors = new NonNegativeFactors(space.Basis, space.Rank, Start(components));
        var amounts = new float[space.Pixels.Length * components];
        var blocks = new FactorSums[(space.Pixels.Length + BlockPoints - 1) / BlockPoints];
        var all = space.Points.Sum(value => (double)value * value);
        var (before, still) = (double.PositiveInfinity, 0);
        for (var round = 1; ; round++)
        {
            Parallel.For(0, blocks.Length, run.Parallel(ct), block =>
            {
                var (first, count) = (block * BlockPoints, Math.Min(BlockPoints, space.Pixels.Length - (block * BlockPoints)));
                blocks[block] = factors.Rows(space.Points.AsSpan(first * space.Rank, count * space.Rank), amounts.AsSpan(first * components, count * components));
            });
            var sums = new FactorSums(components, space.Rank);
            foreach (var block in blocks)
            {
                sums.Add(block);
            }

            // The last round leaves amounts that belong to the spectra.
            if (still == Patience || round == mostRounds || run.StopAndKeep.IsCancellationRequested)
            {
                return (factors, amounts, sums, round);
            }

            var squares = all + factors.Update(sums);
            still = before - squares < Still * all ? still + 1 : 0;
            before = squares;
            run.Progress.Report(new Step(1, $"Round {round}"));
        }
    }

    /// <summary>Of each direction the positive or the negative part, whichever explains more; what is zero begins at a hundredth of the mean.</summary>
    private double[] Start(int components)
    {
        var channels = shape.Channels;
        var start = new double[components * channels];
        for (var k = 0; k < components; k++)
        {
            var (above, below) = (0.0, 0.0);
            for (var i = k; i < space.Points.Length; i += space.Rank)
            {
                var point = (double)space.Points[i];
                (above, below) = point > 0 ? (above + (point * point), below) : (above, below + (point * point));
            }

            var direction = space.Basis.AsSpan(k * channels, channels);
            var (high, low) = (0.0, 0.0);
            foreach (var value in direction)
            {
                (high, low) = value > 0 ? (high + (value * value), low) : (high, low + (value * value));
            }

            var sign = high * above >= low * below ? 1 : -1;
            var mean = 0.0;
            for (var j = 0; j < channels; j++)
            {
                start[(k * channels) + j] = Math.Max(0, sign * direction[j]);
                mean += start[(k * channels) + j] / channels;
            }

            for (var j = 0; j < channels; j++)
            {
                start[(k * channels) + j] = Math.Max(start[(k * channels) + j], 0.01 * mean);
            }
        }

        return start;
    }
}
