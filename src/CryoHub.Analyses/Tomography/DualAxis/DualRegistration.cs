using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.Tomography.DualAxis;

/// <summary>
/// Rotation and shift within the slices, from the sums of both volumes along the beam: these are the untilted views, which both series have measured whole,
/// whatever their missing wedges.
/// </summary>
internal sealed class DualRegistration : IDisposable
{
    private const double Taper = 0.1;
    private const double CoarseStep = 0.5;
    private const double FineStep = 0.01; // moves the rim of 2,048 px by a sixth of a pixel

    private readonly int rows;
    private readonly int columns;
    private readonly float[] second;
    private readonly (int Rows, int Columns) secondSize;
    private readonly float mean;
    private readonly float[] turned;
    private readonly float[] weights;
    private readonly CrossCorrelation correlation;
    private readonly AlignedFloats firstSpectrum;
    private readonly AlignedFloats secondSpectrum;

    /// <param name="first">Sum of the first volume along the beam.</param>
    /// <param name="firstSize">Its rows and columns.</param>
    /// <param name="second">The same of the second volume.</param>
    /// <param name="secondSize">Its rows and columns.</param>
    public DualRegistration(float[] first, (int Rows, int Columns) firstSize, float[] second, (int Rows, int Columns) secondSize)
    {
        ((rows, columns), this.second, this.secondSize) = (firstSize, second, secondSize);
        mean = second.Average();
        turned = new float[rows * columns];
        weights = BandPass.Weights(rows, columns, 0.01, 0.25, 0.05);
        correlation = new CrossCorrelation(rows, columns);
        (firstSpectrum, secondSpectrum) = (new(rows * RealFourier.HalfLength(columns)), new(rows * RealFourier.HalfLength(columns)));
        correlation.Transform(first, Taper, weights, firstSpectrum);
    }

    /// <summary>The rotation within <paramref name="range"/> of <paramref name="around"/> at which both are most alike.</summary>
    public (double Rotation, double Correlation) Best(double around, double range, CancellationToken ct)
    {
        var best = (Rotation: around, Correlation: At(around).Correlation);
        for (var step = CoarseStep; step >= FineStep; step /= 2)
        {
            var reach = step == CoarseStep ? (int)Math.Floor(range / step) : 1;
            var middle = best.Rotation;
            for (var i = -reach; i <= reach; i++)
            {
                ct.ThrowIfCancellationRequested();
                var rotation = middle + (i * step);
                if (i != 0 && Math.Abs(rotation - around) <= range && At(rotation).Correlation is var found && found > best.Correlation)
                {
                    best = (rotation, found);
                }
            }
        }

        return best;
    }

    /// <summary>The shift at that rotation, as <see cref="VolumeTransform"/> counts it, and how alike both are there.</summary>
    public (double X, double Y, double Correlation) At(double rotation)
    {
        var turn = VolumeTransform.Turn(rotation);
        turn.Cubic(second, secondSize.Rows, secondSize.Columns, turned, rows, columns, mean);
        correlation.Transform(turned, Taper, weights, secondSpectrum);
        var shift = correlation.Shift(firstSpectrum, secondSpectrum, Math.Max(rows, columns) / 4.0);
        return ((turn.A11 * shift.X) + (turn.A12 * shift.Y), (turn.A21 * shift.X) + (turn.A22 * shift.Y), shift.Correlation);
    }

    public void Dispose()
    {
        correlation.Dispose();
        firstSpectrum.Dispose();
        secondSpectrum.Dispose();
    }
}
