using CryoHub.Imaging;

namespace CryoHub.Analyses.FibSem;

/// <summary>Sizes of a stack and of its voxels.</summary>
internal sealed class StackGeometry
{
    /// <exception cref="ProblemException">The stack has no three axes, too few slices, or no size that the parameters need.</exception>
    public StackGeometry(SignalHeader header, FibSemStackParameters parameters, IResultSink results)
    {
        const int smallest = 32;
        var axes = header.Axes;
        if (axes.Count != 3)
        {
            throw ProblemException.Invalid($"A FIB-SEM stack has three axes [slice, y, x]; \"{header.Name}\" has {axes.Count}: {string.Join(" x ", header.Shape)}.");
        }

        (Slices, Rows, Columns) = ((int)axes[0].Size, (int)axes[1].Size, (int)axes[2].Size);
        if (Slices < 2 || Rows < smallest || Columns < smallest)
        {
            throw ProblemException.Invalid($"A stack needs at least 2 slices of {smallest} x {smallest} px, found {Slices} of {Columns} x {Rows} px.");
        }

        if (parameters.Alignment == StackAlignment.Fiducial)
        {
            Fiducial = (parameters.Fiducial ?? throw ProblemException.Invalid("Alignment by a fiducial needs the region it lies in: parameter \"fiducial\".")).Inside(Columns, Rows);
        }

        var pixel = parameters.PixelSize ?? Nanometres(axes[2]);
        var thickness = parameters.SliceThickness ?? Nanometres(axes[0]);
        if ((pixel is null) != (thickness is null))
        {
            var (known, lacking) = pixel is null ? ("slice thickness", "pixelSize") : ("pixel size", "sliceThickness");
            throw ProblemException.Invalid($"The {known} is known but nothing tells the other size of a voxel: give \"{lacking}\" in nm.");
        }

        if (pixel is null)
        {
            results.Warn("The stack is not calibrated: slices are taken to be as thick as pixels are wide, and lengths are in pixels.");
        }

        Unit = pixel is null ? "px" : "nm";
        (Pixel, Thickness) = (pixel ?? 1, thickness ?? 1);
        var height = pixel is null ? 1 : parameters.PixelSize is null ? Nanometres(axes[1]) ?? Pixel : Pixel;
        var angle = parameters.BeamAngle ?? header.Metadata.FaceAngleDeg;
        Stretch = height / Pixel / Math.Sin((angle ?? 90) * Math.PI / 180);
        if (angle is null)
        {
            results.Warn("Neither the file nor the parameters state the angle between the beams: y is taken as the file has it, right only where the microscope corrected the foreshortening.");
        }
        else if (parameters.BeamAngle is null)
        {
            results.Warn(angle == 90
                ? "The file says that the microscope corrected the foreshortening: y is taken as the file has it."
                : $"The angle between the beams of {angle:0.##} deg is the file's: y is divided by its sine, {Math.Sin(angle.Value * Math.PI / 180):0.####}.");
        }

        if (angle is { } between)
        {
            results.Number("Angle between the beams", between, "deg");
        }

        (Isotropic, FileUnit) = (parameters.Isotropic, Unit == "px" ? "" : "nm");
    }

    public int Slices { get; }

    public int Rows { get; }

    public int Columns { get; }

    public Region? Fiducial { get; }

    /// <summary>Edge of a pixel along x, in <see cref="Unit"/>.</summary>
    public double Pixel { get; }

    /// <summary>Set thickness of a slice, in <see cref="Unit"/>.</summary>
    public double Thickness { get; }

    /// <summary>Height of a pixel on the specimen against its width.</summary>
    public double Stretch { get; }

    public bool Isotropic { get; }

    /// <summary>nm, or px where nothing is calibrated.</summary>
    public string Unit { get; }

    public string FileUnit { get; }

    private static double? Nanometres(Axis axis) => LengthUnits.Nanometres(axis.Unit) is { } unit ? unit * axis.Step : null;
}
