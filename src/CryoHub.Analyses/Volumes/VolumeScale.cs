using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Volumes;

/// <summary>Shape, voxel edges and their unit as the header and the parameters say.</summary>
internal sealed class VolumeScale
{
    /// <param name="header">An image, a stack or a volume: the last three axes are z, y, x.</param>
    /// <param name="voxelNm">Edge of a cubic voxel that stands for the file's.</param>
    /// <param name="spacingNm">Distance of the slices that stands for the file's.</param>
    /// <exception cref="ProblemException">More than three axes, too many voxels, or edges that are no lengths.</exception>
    public VolumeScale(SignalHeader header, double? voxelNm, double? spacingNm)
    {
        var axes = header.Axes;
        if (axes.Count is < 2 or > 3)
        {
            throw ProblemException.Invalid($"A volume has three axes [z, y, x], an image two; \"{header.Name}\" has {axes.Count}: {string.Join(" x ", header.Shape)}.");
        }

        if (header.PixelCount is 0 or > int.MaxValue / 2)
        {
            throw ProblemException.Invalid($"\"{header.Name}\" has {header.PixelCount} voxels ({string.Join(" x ", header.Shape)}); from 1 to {int.MaxValue / 2} can be worked on at a time. Take a box of it or bin it.");
        }

        Header = header;
        Shape = new VolumeShape(axes.Count == 3 ? (int)axes[0].Size : 1, (int)axes[^2].Size, (int)axes[^1].Size);
        var (x, y, z) = (Edge(axes[^1]), Edge(axes[^2]), axes.Count == 3 ? Edge(axes[0]) : null);
        if (voxelNm is { } edge)
        {
            (x, y, z) = (edge, edge, edge);
        }

        if (spacingNm is { } spacing)
        {
            z = spacing;
        }

        if (x is not { } stepX || y is not { } stepY)
        {
            Warnings.Add($"The voxel size of \"{header.Name}\" is not known: lengths are in voxels (px), which are taken for cubes. The parameter \"voxel\" gives it.");
            Size = VoxelSize.One;
            return;
        }

        if (z is null && axes.Count == 3)
        {
            Warnings.Add($"The distance of the slices of \"{header.Name}\" is not known: that of the pixels ({stepX:g4} nm) was taken. The parameter \"sliceSpacing\" gives it.");
        }

        var unit = voxelNm is null && LengthUnits.Nanometres(axes[^1].Unit) is { } nanometres ? (Name: axes[^1].Unit, Nanometres: nanometres) : (Name: "nm", Nanometres: 1);
        Unit = unit.Name;
        Size = new VoxelSize((z ?? stepX) / unit.Nanometres, stepY / unit.Nanometres, stepX / unit.Nanometres);
    }

    private VolumeScale(SignalHeader header, VolumeScale whole, VolumeShape shape) => (Header, Shape, Size, Unit, Warnings) = (header, shape, whole.Size, whole.Unit, whole.Warnings);

    public SignalHeader Header { get; }

    public VolumeShape Shape { get; }

    public VoxelSize Size { get; }

    /// <summary>Unit of <see cref="Size"/>; "px" where no size is known.</summary>
    public string Unit { get; } = "px";

    public bool IsImage => Shape.Depth == 1;

    public List<string> Warnings { get; } = [];

    /// <summary>The same scale for a part of the volume.</summary>
    public VolumeScale Of(VolumeShape part) => new(Header, this, part);

    /// <summary>The same scale for a part that keeps its place: the header's axes are those of the box.</summary>
    /// <exception cref="ProblemException">The box reaches beyond the volume.</exception>
    public VolumeScale Of(VolumeBox box)
    {
        box.Inside(Shape);
        Axis[] plane = [Header.Axes[^2].Part(box.Y, box.Height), Header.Axes[^1].Part(box.X, box.Width)];
        return new(Header with { Axes = Header.Axes.Count == 3 ? [Header.Axes[0].Part(box.Z, box.Depth), .. plane] : plane }, this, new VolumeShape(box.Depth, box.Height, box.Width));
    }

    /// <summary>Header of a result of this shape; of one slice where <paramref name="slice"/> is true.</summary>
    public SignalHeader Result(string name, PixelType pixel, string valueUnit = "", bool slice = false)
    {
        var unit = Unit == "px" ? "" : Unit;
        Axis[] axes = [new("z", Shape.Depth, unit, AxisRole.Space, Size.Z), new("y", Shape.Height, unit, AxisRole.Space, Size.Y), new("x", Shape.Width, unit, AxisRole.Space, Size.X)];
        return slice || IsImage
            ? new SignalHeader(name, SignalKind.Image, pixel, axes[1..], AcquisitionMetadata.None, MetadataTree.Empty) { ValueUnit = valueUnit }
            : new SignalHeader(name, SignalKind.Volume, pixel, axes, AcquisitionMetadata.None, MetadataTree.Empty) { ValueUnit = valueUnit };
    }

    /// <summary>The step of an axis whose values, if it lists them, are equally spaced within a hundredth.</summary>
    private double Step(Axis axis)
    {
        if (axis.Values is not { Count: > 1 } values)
        {
            return axis.Step;
        }

        double[] steps = [.. values.Skip(1).Zip(values, (next, value) => next - value)];
        var median = steps.Order().ElementAt(steps.Length / 2);
        return Array.FindIndex(steps, step => Math.Abs(step - median) > 0.01 * Math.Abs(median)) is var wrong && wrong < 0
            ? median
            : throw ProblemException.Invalid(
                $"The slices of \"{Header.Name}\" are not equally spaced: between slices {wrong} and {wrong + 1} lie {steps[wrong]:g4} {axis.Unit}, the median is {median:g4} {axis.Unit}. Slices are missing or double; resample the stack first.");
    }

    private double? Edge(Axis axis)
    {
        if (!double.IsFinite(axis.Step) || axis.Step == 0)
        {
            throw ProblemException.Invalid($"The voxel size along {axis.Name} is {axis.Step} {axis.Unit}; expected a length above 0. The parameter \"voxel\" gives it.");
        }

        return LengthUnits.Nanometres(axis.Unit) * Math.Abs(Step(axis));
    }
}
