using CryoHub.Imaging;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>Everything a back-projection decides before it touches a pixel.</summary>
internal sealed class TomogramPlan
{
    private const long MostBytes = 1L << 30; // filtered projections of one strip, the least a part can hold

    public TomogramPlan(SignalHeader header, TomogramWbpParameters parameters)
    {
        var axes = header.Axes;
        if (axes.Count != 3)
        {
            throw ProblemException.Invalid($"A tilt series has three axes [tilt, y, x]; \"{header.Name}\" has {axes.Count}: {string.Join(" x ", header.Shape)}.");
        }

        var all = TiltAngles.Of(axes[0], parameters);
        Frames = TiltAngles.Kept(all.Length, parameters.ExcludeList);
        Angles = [.. Frames.Select(frame => all[frame])];
        Binning = parameters.Binning;
        (Rows, Columns) = ((int)axes[1].Size, (int)axes[2].Size);
        if (Rows / Binning < 1 || Columns / Binning < 2)
        {
            throw ProblemException.Invalid($"Binning by {Binning} leaves {Columns / Binning} x {Rows / Binning} px of {Columns} x {Rows} px; at least 2 x 1 are needed.");
        }

        TiltAxis = parameters.TiltAxis ?? header.Metadata.TiltAxisDeg ?? 0;
        Grid = new ProjectionGrid(Rows / Binning, Columns / Binning, TiltAxis);
        Depth = parameters.Depth ?? Grid.Across;
        Views = [.. Angles.Select(View.At)];
        Weights = ViewWeights.Of(Angles);
        var radians = TiltAxis * Math.PI / 180;

        // Binning leaves out a rest at the right and lower border, which moves the image's middle.
        var rest = ((Columns % Binning * Math.Cos(radians)) - (Rows % Binning * Math.Sin(radians))) / (2.0 * Binning);
        Axis = ((Grid.Across - 1) / 2.0) + rest + (parameters.AxisShift / Binning);
        var step = axes[2];
        Unit = step.IsCalibrated && axes[1].IsCalibrated ? step.Unit : "";
        Voxel = Unit.Length > 0 ? step.Step * Binning : Binning;
        if (StripBytes > MostBytes)
        {
            throw ProblemException.Invalid(
                $"{BackProjection.Strip} rows of the {Views.Length} filtered projections of {Grid.Across} px need {StripBytes >> 20} MiB, more than {MostBytes >> 20} MiB: bin by {(int)Math.Ceiling(Binning * (double)StripBytes / MostBytes)}.");
        }
    }

    /// <summary>Tilt angles of the views that are used.</summary>
    public double[] Angles { get; }

    /// <summary>The file's frame of each view that is used.</summary>
    public int[] Frames { get; }

    public View[] Views { get; }

    public double[] Weights { get; }

    public int Binning { get; }

    public int Rows { get; }

    public int Columns { get; }

    public double TiltAxis { get; }

    public ProjectionGrid Grid { get; }

    public int Depth { get; }

    /// <summary>Detector position of the tilt axis in binned pixels.</summary>
    public double Axis { get; }

    /// <summary>Edge of a voxel in <see cref="Unit"/>, in unbinned pixels where uncalibrated.</summary>
    public double Voxel { get; }

    public string Unit { get; }

    public int Strips => (Grid.Along + BackProjection.Strip - 1) / BackProjection.Strip;

    /// <summary>Bytes that the filtered projections of one strip take.</summary>
    public long StripBytes => BackProjection.Strip * (Grid.Across + 3L) * Views.Length * sizeof(float);

    public long VolumeBytes => sizeof(float) * (long)Grid.Across * Grid.Along * Depth;

    public StripRange AllStrips => new(0, Strips, Grid.Along);

    /// <summary>Into how many parts the work is cut to hold at most <paramref name="memory"/> bytes of filtered projections, but at least a strip.</summary>
    public int CountParts(long memory) => CountParts(memory, StripBytes);

    /// <summary>The same where a strip takes <paramref name="stripBytes"/>.</summary>
    public int CountParts(long memory, long stripBytes) => (int)Math.Clamp(((Strips * stripBytes) + memory - 1) / memory, 1, Strips);

    /// <summary>The strips of one of <paramref name="parts"/> parts of nearly equal size.</summary>
    public StripRange PartOf(int part, int parts)
    {
        var first = (int)((long)part * Strips / parts);
        return new StripRange(first, (int)((part + 1L) * Strips / parts) - first, Grid.Along);
    }

    /// <summary>Header of the volume [z, y, x]: z along the beam, y along the tilt axis.</summary>
    public SignalHeader Volume(string name) => new(name, SignalKind.Volume, PixelType.Float32, [Space("z", Depth), Space("y", Grid.Along), Space("x", Grid.Across)], AcquisitionMetadata.None, MetadataTree.Empty);

    public Axis Space(string name, int size) => Unit.Length > 0 ? new Axis(name, size, Unit, AxisRole.Space, Voxel) : new Axis(name, size, "", AxisRole.Space);

    /// <summary>Filter and kernel go over views times voxels; parts read all images and write their voxels once more; a slab of shards is held while the volume is written.</summary>
    public Estimate Estimate(EstimateQuestion question)
    {
        const double voxelViewsPerSecond = 5e9;
        const int shardSlices = 64;
        var parts = CountParts(question.Memory);
        var slice = sizeof(float) * (long)Grid.Across * Grid.Along;
        var volume = slice * Depth;
        var seconds = 1 + (parts * question.InputBytes / Analyses.Estimate.ReadRate) + (volume / sizeof(float) * (double)Views.Length / voxelViewsPerSecond)
            + ((parts > 1 ? 1.5 : 1) * volume / Analyses.Estimate.WriteRate);
        var projections = (Strips + parts - 1) / parts * StripBytes;
        var (slab, shards) = (128L << 20, Math.Min(shardSlices, Depth) * slice);
        return new Estimate(seconds, Analyses.Estimate.Process + slab + (parts > 1 ? Math.Max(projections, shards) : projections + shards), parts);
    }
}
