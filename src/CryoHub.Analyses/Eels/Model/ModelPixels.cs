using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>Fits the region as one spectrum, then row after row of pixels.</summary>
internal sealed class ModelPixels
{
    private readonly SpectrumCube cube;
    private readonly ModelPlan plan;
    private readonly EdgeColumns columns;
    private readonly ModelLowLoss? lowLoss;
    private readonly EelsModelParameters parameters;
    private readonly double[] shared;          // columns of the edges where all pixels have the same
    private readonly double meanCounts = 1;
    private double[] start = [];               // solution of the region
    private double startExponent;
    private FineStructure[] fine = [];

    public ModelPixels(SpectrumCube cube, ModelPlan plan, EdgeColumns columns, ModelLowLoss? lowLoss, EelsModelParameters parameters)
    {
        (this.cube, this.plan, this.columns, this.lowLoss, this.parameters) = (cube, plan, columns, lowLoss, parameters);
        Planes = new ModelPlanes(plan.Edges.Length, cube.Pixels);
        shared = columns.Plain();
        if (lowLoss is not null)
        {
            var mean = lowLoss.Mean();
            meanCounts = mean.Sum(count => (double)count);
            var resampled = new double[columns.LowLossLength];
            columns.Resample(mean, lowLoss.Cube, cube.Step, parameters.ExposureRatio, resampled);
            columns.Convolve(resampled, shared);
        }
    }

    public ModelPlanes Planes { get; }

    public FineStructure[] Fine => fine;

    public bool NeedsLowLoss => lowLoss is not null && parameters.LowLoss == LowLossUse.EachPixel;

    /// <summary>The model of the region's spectrum, from which all rows start.</summary>
    /// <exception cref="ProblemException">It cannot be fitted.</exception>
    public ModelledSpectrum Region(float[] spectrum)
    {
        var regional = new ModelledSpectrum(plan, new SpectrumModel(plan, parameters.AllowNegative));
        regional.SetEdges(shared);
        if (double.IsNaN(regional.Fit(spectrum)))
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"The model does not fit the region's spectrum ({plan.Channels.Sum(channel => (double)spectrum[channel]):0.###} counts in {plan.Channels.Length} channels): check the fitted range and the edges."));
        }

        (start, startExponent) = ([.. regional.Model.Solution], regional.Model.Exponent);
        fine = new FineStructure[plan.Edges.Length];
        for (var e = 0; e < fine.Length; e++)
        {
            regional.Above(spectrum, e);
            fine[e] = new FineStructure(plan.Scale, plan.Edges[e], regional.Net);
        }

        return regional;
    }

    /// <summary>Fits one row of spectra; rows come from several threads, each row on its own.</summary>
    public void Row(int row, ReadOnlySpan<float> spectra, ReadOnlySpan<float> lowLossRow, CancellationToken ct)
    {
        var modelled = new ModelledSpectrum(plan, new SpectrumModel(plan, parameters.AllowNegative));
        modelled.SetEdges(shared);
        Restart(modelled.Model);
        var (resampled, own) = NeedsLowLoss ? (new double[columns.LowLossLength], new double[shared.Length]) : ([], []);
        var scales = new double[plan.Edges.Length];
        for (var x = 0; x < cube.Columns; x++)
        {
            ct.ThrowIfCancellationRequested();
            var pixel = (row * cube.Columns) + x;
            var unit = 1.0;
            if (lowLoss is not null)
            {
                unit = NeedsLowLoss ? 1 : meanCounts / lowLoss.Counts[pixel];
                if (float.IsNaN(lowLoss.Counts[pixel]))
                {
                    continue;
                }
            }

            if (NeedsLowLoss)
            {
                columns.Resample(lowLossRow.Slice(x * lowLoss!.Cube.Channels, lowLoss.Cube.Channels), lowLoss.Cube, cube.Step, parameters.ExposureRatio, resampled);
                columns.Convolve(resampled, own);
                modelled.SetEdges(own);
            }

            var spectrum = spectra.Slice(x * cube.Channels, cube.Channels);
            var misfit = modelled.Fit(spectrum);
            if (double.IsNaN(misfit))
            {
                Restart(modelled.Model);
                continue;
            }

            scales.AsSpan().Fill(unit);
            Planes.Misfit[pixel] = (float)misfit;
            Planes.Exponent[pixel] = (float)modelled.Model.Exponent;
            for (var e = 0; e < plan.Edges.Length; e++)
            {
                Store(modelled, spectrum, e, pixel, scales);
            }
        }
    }

    private void Store(ModelledSpectrum modelled, ReadOnlySpan<float> spectrum, int e, int pixel, double[] scales)
    {
        Planes.Amount[e][pixel] = (float)(scales[e] * modelled.Amount(e));
        Planes.AmountError[e][pixel] = (float)(scales[e] * Math.Sqrt(modelled.Covariance(e, e)));
        var (fraction, error) = modelled.Fraction(e, scales);
        (Planes.Fraction[e][pixel], Planes.FractionError[e][pixel]) = ((float)fraction, (float)error);
        if (plan.Edges[e].FineStructureEv > 0)
        {
            modelled.Above(spectrum, e);
            var (shift, shiftError) = fine[e].Shift(modelled.Net, modelled.Below);
            (Planes.Shift[e][pixel], Planes.ShiftError[e][pixel]) = ((float)shift, (float)shiftError);
        }

        if (fine[e].Lines is { } lines)
        {
            var (ratio, ratioError) = modelled.Lines(spectrum, lines);
            (Planes.Lines[e][pixel], Planes.LinesError[e][pixel]) = ((float)ratio, (float)ratioError);
        }
    }

    private void Restart(SpectrumModel model)
    {
        start.CopyTo(model.Solution.AsSpan());
        model.Exponent = startExponent;
    }
}
