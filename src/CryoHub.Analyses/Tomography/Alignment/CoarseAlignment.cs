using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>
/// Follows the specimen from the view nearest 0 degrees outwards: each view is stretched to look like its flatter neighbour and correlated with it, twice, the second
/// time moved already (Guckenberger, Ultramicroscopy 9 (1982) 167).
/// </summary>
internal sealed class CoarseAlignment(TiltViews views, TiltAlignParameters parameters, double axis)
{
    private const double Taper = 0.12;

    private readonly float[] weights = BandPass.Weights(views.Rows, views.Columns, parameters.FilterSigma1 * views.Binning, parameters.FilterRadius2, parameters.FilterSigma2);

    /// <summary>Shift of each view in search pixels: where the point of the specimen lies that is in the reference view's middle; and its correlation.</summary>
    public (double X, double Y, double Correlation)[] Shifts(AnalysisRun run, CancellationToken ct)
    {
        var steps = new ImageShift[views.Count];
        Parallel.For(0, views.Order.Count, run.Parallel(ct), i => steps[views.Order[i].View] = Step(views.Order[i].View, views.Order[i].Neighbour));
        var shifts = new (double X, double Y, double Correlation)[views.Count];
        shifts[views.Reference].Correlation = 1;
        foreach (var (view, neighbour) in views.Order)
        {
            var (x, y) = Between(view, neighbour).Apply(shifts[neighbour].X + steps[view].X, shifts[neighbour].Y + steps[view].Y);
            shifts[view] = (x, y, steps[view].Correlation);
        }

        return shifts;
    }

    private ImageShift Step(int view, int neighbour)
    {
        var (rows, columns) = (views.Rows, views.Columns);
        var stretch = Between(view, neighbour);
        var limit = (parameters.LargestShift ?? (Math.Min(rows, columns) * views.Binning / 4.0)) / views.Binning;
        using var reference = Spectrum(views.Images[neighbour]);
        var moved = new float[rows * columns];
        var total = new ImageShift(0, 0, 0);
        for (var pass = 0; pass < 3; pass++)
        {
            var (tx, ty) = stretch.Apply(total.X, total.Y);
            new AffineSampling(stretch.Xx, stretch.Xy, stretch.Xy, stretch.Yy, tx, ty).Linear(views.Images[view], rows, columns, moved, rows, columns);
            using var spectrum = Spectrum(moved);
            var found = CrossCorrelation.Shift(reference, spectrum, rows, columns, pass == 0 ? limit : 3);
            total = new ImageShift(total.X + found.X, total.Y + found.Y, found.Correlation);
        }

        return total;
    }

    private Stretch Between(int view, int neighbour) => Stretch.Between(views.Angles[neighbour], views.Angles[view], axis);

    private AlignedFloats Spectrum(float[] image)
    {
        var spectrum = new AlignedFloats(views.Rows * RealFourier.HalfLength(views.Columns));
        BandPass.Spectrum(image, views.Rows, views.Columns, Taper, weights, spectrum);
        return spectrum;
    }
}
