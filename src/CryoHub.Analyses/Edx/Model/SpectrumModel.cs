using CryoHub.Analyses.Edx.XRays;
using CryoHub.Numerics.Fitting;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Edx.Model;

/// <summary>Background and peaks as columns of a linear model of one spectrum, and its fits by weighted non-negative least squares.</summary>
internal sealed class SpectrumModel
{
    private const double LeastVariance = 1;   // counts^2: below a count a channel the weights must not follow single photons
    private const int Reweights = 3, CalibrationRounds = 8;

    /// <summary>How far the file's scale and the usual resolution may be trusted: one sigma of shift (eV), stretch, FWHM (eV), eV of variance an eV soft shift (eV) and both numbers of the tail.</summary>
    private static readonly double[] Trust = [8, 2e-3, 10, 0.12, 8, 0.02, 0.015];

    private static readonly double[] Moves = [0.5, 1e-4, 0.5, 0.01, 0.5, 1e-3, 1e-3];   // of the numerical derivatives

    private readonly SpectrumData data;
    private readonly double[] background;     // [shape, channel]

    public SpectrumModel(SpectrumData data, SiliconDetector detector, double beamEv)
    {
        (this.data, Detector) = (data, detector);
        var shapes = Bremsstrahlung.Shapes(data, detector, beamEv);
        background = [.. shapes.SelectMany(shape => shape)];
        Shapes = shapes.Length;
    }

    public SpectrumData Data => data;

    public SiliconDetector Detector { get; }

    /// <summary>Columns of the background.</summary>
    public int Shapes { get; }

    /// <summary>Those columns, [shape, channel].</summary>
    public ReadOnlySpan<double> Background => background;

    /// <summary>Adds lines of that many counts times their weights; what lies outside the range is lost.</summary>
    public void AddPeaks(Span<double> channels, IReadOnlyList<XRayLine> lines, PeakScale peaks, double counts)
    {
        foreach (var line in lines)
        {
            var (centre, sigma, area) = (peaks.At(line.EnergyEv), peaks.Sigma(line.EnergyEv), counts * line.Weight);
            GaussianBins.Add(channels, area * (1 - peaks.TailOf(line.EnergyEv)), data.ChannelOf(centre), sigma / data.Step);
            GaussianBins.Add(channels, area * peaks.TailOf(line.EnergyEv), data.ChannelOf(centre - (peaks.TailLoss * line.EnergyEv)), PeakScale.TailWidth * sigma / data.Step);
        }
    }

    /// <summary>Fits counts of the parts; weights follow the model.</summary>
    public SpectrumFit Fit(IReadOnlyList<SpectrumPart> parts, PeakScale peaks)
    {
        var columns = new DesignColumns(this, parts, peaks);
        var n = columns.Count;
        var (gram, right, x, model) = (new double[n * n], new double[n], new double[n], new double[data.Count]);
        var solver = new BoundedLeastSquares(columns.Lower(), columns.Upper());
        var weights = Weights(data.Smoothed(peaks));
        for (var round = 0; round < Reweights; round++)
        {
            weights = round == 0 ? weights : Weights(model);
            columns.Normal(weights, data.Counts, x, gram, right);
            solver.Solve(gram, right, x);
            NormalEquations.Model(columns.Design, x, model);
        }

        var covariance = new double[n * n];
        solver.Covariance(covariance);
        var curve = new double[data.Count];
        NormalEquations.Model(background, x.AsSpan(0, Shapes), curve);
        var squares = 0.0;
        for (var i = 0; i < data.Count; i++)
        {
            squares += weights[i] * (data.Counts[i] - model[i]) * (data.Counts[i] - model[i]);
        }

        return new SpectrumFit(parts, peaks, x[Shapes..(Shapes + parts.Count)], CountingErrors(columns, weights, model, covariance, x[Shapes..]), curve, model, squares / Math.Max(1, data.Count - n));
    }

    /// <summary>
    /// Finds shift and stretch of the energy scale and both numbers of the resolution with the counts, by Gauss and Newton; what the spectrum does not decide stays near the
    /// file's scale and a usual detector.
    /// </summary>
    public PeakScale Calibrate(IReadOnlyList<SpectrumPart> parts, PeakScale start, double[] variance)
    {
        var weights = variance.Select(v => 1 / v).ToArray();
        var peaks = start;
        for (var round = 0; round < CalibrationRounds; round++)
        {
            var next = Step(parts, peaks, weights);
            var moved = next.ToArray().Zip(peaks.ToArray(), (a, b) => Math.Abs(a - b)).Zip(Moves, (change, move) => change / move).Max();
            peaks = next;
            if (moved < 0.02)
            {
                break;
            }
        }

        return peaks;
    }

    private PeakScale Step(IReadOnlyList<SpectrumPart> parts, PeakScale peaks, double[] weights)
    {
        var columns = new DesignColumns(this, parts, peaks);
        var n = columns.Count;
        var x = Solve(columns, weights);
        var usual = PeakScale.Usual.ToArray();
        var now = peaks.ToArray();
        var all = n + now.Length;
        var wide = new double[all * data.Count];
        columns.Design.CopyTo(wide, 0);
        for (var k = 0; k < now.Length; k++)
        {
            var (up, down) = (peaks.ToArray(), peaks.ToArray());
            up[k] += Moves[k];
            down[k] -= Moves[k];
            var slope = wide.AsSpan((n + k) * data.Count, data.Count);
            for (var p = 0; p < parts.Count; p++)
            {
                AddPeaks(slope, parts[p].Lines, PeakScale.From(up), x[Shapes + p] / (2 * Moves[k]));
                AddPeaks(slope, parts[p].Lines, PeakScale.From(down), -x[Shapes + p] / (2 * Moves[k]));
            }
        }

        var (gram, right, start) = (new double[all * all], new double[all], new double[all]);
        NormalEquations.Gram(wide, data.Count, weights, gram);
        NormalEquations.RightSide(wide, data.Count, weights, data.Counts, right);
        x.CopyTo(start, 0);
        double[] lower = [.. columns.Lower(), .. Trust.Select(trust => -2 * trust)];
        double[] upper = [.. columns.Upper(), .. Trust.Select(trust => 2 * trust)];
        for (var c = 0; c < n; c++)
        {
            gram[(c * all) + c] += columns.MovesOf(c) < 0 ? 0 : columns.Prior(c, x[Shapes + columns.MovesOf(c)]);
        }

        for (var k = 0; k < now.Length; k++)
        {
            gram[((n + k) * all) + n + k] += 1 / (Trust[k] * Trust[k]);
            right[n + k] += (usual[k] - now[k]) / (Trust[k] * Trust[k]);
        }

        if (!new BoundedLeastSquares(lower, upper).Solve(gram, right, start))
        {
            return peaks;
        }

        for (var k = 0; k < now.Length; k++)
        {
            now[k] = Math.Clamp(now[k] + start[n + k], usual[k] - (6 * Trust[k]), usual[k] + (6 * Trust[k]));
        }

        now[^2] = Math.Max(0, now[^2]);   // no tail towards higher energies
        return PeakScale.From(now);
    }

    private double[] Solve(DesignColumns columns, double[] weights)
    {
        var n = columns.Count;
        var (gram, right, x) = (new double[n * n], new double[n], new double[n]);
        var solver = new BoundedLeastSquares(columns.Lower(), columns.Upper());
        for (var round = 0; round < 2; round++)   // the second time it is known how many counts may move
        {
            columns.Normal(weights, data.Counts, x, gram, right);
            solver.Solve(gram, right, x);
        }

        return x;
    }

    private static double[] Weights(double[] expected) => [.. expected.Select(count => 1 / Math.Max(count, LeastVariance))];

    /// <summary>C (A^T W V W A) C with the expected counts as variance V: right also where the weights are not 1 / V.</summary>
    private double[,] CountingErrors(DesignColumns of, double[] weights, double[] model, double[] covariance, double[] counts)
    {
        var columns = of.Count;
        var middle = new double[columns * columns];
        NormalEquations.Gram(of.Design, data.Count, [.. weights.Zip(model, (w, m) => w * w * Math.Max(m, 0))], middle);
        for (var c = 0; c < columns; c++)
        {
            middle[(c * columns) + c] += of.MovesOf(c) < 0 ? 0 : of.Prior(c, counts[of.MovesOf(c)]);   // a prior's error is an error, too
        }

        var left = new double[columns * columns];
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                for (var k = 0; k < columns && double.IsFinite(covariance[(i * columns) + i]); k++)
                {
                    left[(i * columns) + j] += covariance[(i * columns) + k] * middle[(k * columns) + j];
                }
            }
        }

        var parts = of.Parts;
        var errors = new double[parts, parts];
        for (var i = 0; i < parts; i++)
        {
            for (var j = 0; j < parts; j++)
            {
                for (var k = 0; k < columns; k++)
                {
                    var c = covariance[((j + Shapes) * columns) + k];
                    errors[i, j] += double.IsFinite(c) ? left[((i + Shapes) * columns) + k] * c : 0;
                }
            }

            errors[i, i] = errors[i, i] > 0 ? errors[i, i] : covariance[((i + Shapes) * columns) + i + Shapes];   // at the bound 0: the error it would have if freed
        }

        return errors;
    }
}
