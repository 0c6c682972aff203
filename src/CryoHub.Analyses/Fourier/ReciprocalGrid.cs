using CryoHub.Imaging;

namespace CryoHub.Analyses.Fourier;

/// <summary>The frequencies of a shifted spectrum: column <c>columns/2</c> and row <c>rows/2</c> are 0.</summary>
internal sealed class ReciprocalGrid
{
    public ReciprocalGrid(SignalHeader header, int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        var (y, x) = (header.Axes[^2], header.Axes[^1]);
        var (down, right) = (LengthUnits.Nanometres(y.Unit) * Math.Abs(y.Step), LengthUnits.Nanometres(x.Unit) * Math.Abs(x.Step));
        IsCalibrated = down > 0 && right > 0;
        Unit = IsCalibrated ? "nm" : "px";
        StepX = 1 / (columns * (IsCalibrated ? right!.Value : 1));
        StepY = 1 / (rows * (IsCalibrated ? down!.Value : 1));
    }

    public int Rows { get; }

    public int Columns { get; }

    public bool IsCalibrated { get; }

    /// <summary>Unit of spacings.</summary>
    public string Unit { get; }

    /// <summary>Frequency step along x in 1/<see cref="Unit"/>.</summary>
    public double StepX { get; }

    /// <summary>Frequency step along y in 1/<see cref="Unit"/>.</summary>
    public double StepY { get; }

    /// <summary>Width of a ring of the radial profile.</summary>
    public double RingWidth => Math.Max(StepX, StepY);

    public int Rings => (int)Math.Ceiling(Math.Min(StepX * Columns, StepY * Rows) / 2 / RingWidth);

    /// <summary>Distance from frequency 0.</summary>
    public double Frequency(double row, double column) => double.Hypot((column - (Columns / 2)) * StepX, (row - (Rows / 2)) * StepY);

    public int Ring(int row, int column) => (int)Math.Round(Frequency(row, column) / RingWidth);

    public SignalHeader Header(string name) => new(
        name,
        SignalKind.Image,
        PixelType.Float32,
        [
            new Axis("ky", Rows, "1/" + Unit, AxisRole.Reciprocal, StepY, -(Rows / 2) * StepY),
            new Axis("kx", Columns, "1/" + Unit, AxisRole.Reciprocal, StepX, -(Columns / 2) * StepX),
        ],
        AcquisitionMetadata.None,
        MetadataTree.Empty);
}
