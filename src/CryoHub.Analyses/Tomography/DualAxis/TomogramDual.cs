using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;

namespace CryoHub.Analyses.Tomography.DualAxis;

/// <summary>Joins the volumes of two tilt series, between which the specimen was turned in its plane: what one series has missed the other has seen.</summary>
public sealed class TomogramDual : Analysis<TomogramDualParameters>
{
    private const double PoorCorrelation = 0.3;

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "tomogram-dual",
        1,
        "Dual-axis tomogram",
        "Registers the volumes of two tilt series about different axes and joins them in Fourier space: the missing wedge shrinks to a pyramid.",
        [new AnalysisInput("signal", [SignalKind.Volume]), new AnalysisInput("second", [SignalKind.Volume])],
        typeof(TomogramDualParameters),
        [
            "Penczek et al., Ultramicroscopy 60 (1995) 393, doi:10.1016/0304-3991(95)00113-X (double-tilt tomography)",
            "Mastronarde, J. Struct. Biol. 120 (1997) 343, doi:10.1006/jsbi.1997.3919 (joining in Fourier space)",
        ])
    {
        Formula =
        [
            "Rotation and shift in x, y: maximum of the cross-correlation of both volumes' sums along the beam; shift in z: maximum of the correlation over the frequencies both have measured.",
            "F = (w1 F1 + w2 F2) / (w1 + w2); w = 1 where |kz| is up to tan(steepest tilt) times |k across the tilt axis|, else 0.001.",
            "Correlation of the two = Re sum F1 F2* / sqrt(sum |F1|^2 sum |F2|^2) over shells of what both have measured: two independent measurements of one thing.",
        ],
        Limits =
        [
            "Both volumes are reconstructed before, each with its tilt axis along y, at the same voxel size.",
            "The second is turned in its plane and moved, not bent or tilted: series whose specimen lay differently in the holder need the tilt offset that levels it, in each reconstruction.",
            "A position error of a voxel blurs both: watch the correlation fall with frequency.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, TomogramDualParameters parameters, CancellationToken ct)
    {
        var (one, two) = (run.Input(Info, "signal"), run.Input(Info, "second"));
        var shape = Shape(one.Header, two.Header, parameters, run.Memory);
        var (voxels, plane) = (shape.Depth * shape.Rows * shape.Columns, shape.Rows * shape.Columns);
        using var volume = new AlignedFloats(voxels);
        var firstSum = await SumAsync(one, volume, run.Progress, 0, ct);
        var secondSum = await SumAsync(two, null, run.Progress, 0.1, ct);
        run.Progress.Report(new Step(0.2, "Finding rotation and shift"));
        var transform = Register(run, firstSum, (shape.Rows, shape.Columns), secondSum, ((int)two.Header.Axes[1].Size, (int)two.Header.Axes[2].Size), parameters, ct);

        using var first = new AlignedFloats(shape.Depth * shape.Rows * RealFourier.HalfLength(shape.Columns));
        using var second = new AlignedFloats(first.Length);
        RealFourier.ForwardSpace(volume, shape.Depth, shape.Rows, shape.Columns, first);
        await ResampleAsync(two, transform, shape, volume, run.Progress, ct);
        RealFourier.ForwardSpace(volume, shape.Depth, shape.Rows, shape.Columns, second);

        run.Progress.Report(new Step(0.7, "Joining"));
        var spectrum = new DualSpectrum(first, second, shape, parameters, transform.Rotation);
        var between = First(two.Header, shape.Depth) - ((two.Header.Axes[0].Size - shape.Depth) / 2.0); // whole slices were taken, middles may lie half a slice apart
        transform = transform with { Z = parameters.Shift.Count > 0 ? parameters.Shift[2] : spectrum.ShiftZ() + between };
        spectrum.Move(transform.Z - between);
        var (correlation, counts, scale) = spectrum.Compare();
        scale = parameters.MatchDensities ? scale : 1;
        Summarise(run.Results, one.Header, transform, spectrum, correlation, counts, scale);
        spectrum.Join((float)scale);
        RealFourier.InverseSpace(first, shape.Depth, shape.Rows, shape.Columns, volume);
        foreach (ref var voxel in volume.Span)
        {
            voxel /= voxels;
        }

        await WriteAsync(run, one.Header, volume, plane, ct);
    }

    private static (int Depth, int Rows, int Columns) Shape(SignalHeader one, SignalHeader two, TomogramDualParameters parameters, long memory)
    {
        foreach (var header in new[] { one, two })
        {
            if (header.Axes.Count != 3 || header.Shape.Any(size => size < 8))
            {
                throw ProblemException.Invalid($"A tomogram has three axes [z, y, x] of at least 8 voxels; \"{header.Name}\" is {string.Join(" x ", header.Shape)}.");
            }
        }

        if (parameters.Shift.Count is not (0 or 3))
        {
            throw ProblemException.Invalid($"A shift has three numbers, x, y and z; found {parameters.Shift.Count}.");
        }

        if (Nanometres(one) is { } a && Nanometres(two) is { } b && Math.Abs(a - b) > 0.005 * a)
        {
            throw ProblemException.Invalid($"Both volumes need the same voxels; the first has {a:g4} nm, the second {b:g4} nm. Bin or resample one of them.");
        }

        var bytes = 3 * sizeof(float) * one.PixelCount; // one volume and two spectra
        return bytes <= 4 * memory && one.PixelCount < 500_000_000
            ? ((int)one.Axes[0].Size, (int)one.Axes[1].Size, (int)one.Axes[2].Size)
            : throw ProblemException.Invalid($"A volume and two spectra of {string.Join(" x ", one.Shape)} voxels need {bytes >> 20} MiB, more than {4 * memory >> 20} MiB: bin the projections or make the volumes less deep.");
    }

    private static double? Nanometres(SignalHeader header) => LengthUnits.Nanometres(header.Axes[2].Unit) is { } unit ? unit * header.Axes[2].Step : null;

    /// <summary>The sum along the beam; the voxels too where <paramref name="volume"/> is given.</summary>
    private static async Task<float[]> SumAsync(ISignal signal, AlignedFloats? volume, IProgress<Step> progress, double from, CancellationToken ct)
    {
        var slice = new float[signal.Header.FramePixels];
        var sum = new double[slice.Length];
        for (var z = 0; z < signal.Header.FrameCount; z++)
        {
            progress.Report(new Step(from + (0.1 * z / signal.Header.FrameCount), $"Reading slice {z + 1} of {signal.Header.FrameCount}"));
            await signal.ReadAsync(z, slice, ct);
            InputChecks.RequireValues(slice, (int)signal.Header.Axes[2].Size, $"Slice {z + 1} of \"{signal.Header.Name}\"");
            for (var i = 0; i < slice.Length; i++)
            {
                sum[i] += slice[i];
            }

            if (volume is not null)
            {
                slice.CopyTo(volume.Span[(z * slice.Length)..]);
            }
        }

        return Array.ConvertAll(sum, value => (float)value);
    }

    private static VolumeTransform Register(
        AnalysisRun run, float[] first, (int Rows, int Columns) firstSize, float[] second, (int Rows, int Columns) secondSize, TomogramDualParameters parameters, CancellationToken ct)
    {
        using var registration = new DualRegistration(first, firstSize, second, secondSize);
        double[] candidates = parameters.Rotation is { } given ? [given] : [90, -90];
        var found = candidates.Select(rotation => registration.Best(rotation, parameters.SearchRange, ct)).OrderByDescending(best => best.Correlation).ToArray();
        var (rotation, correlation) = found[0];
        var (x, y, _) = registration.At(rotation);
        if (parameters.Shift.Count > 0)
        {
            (x, y) = (parameters.Shift[0], parameters.Shift[1]);
        }
        else if (correlation < PoorCorrelation)
        {
            run.Results.Warn($"The untilted pictures of both volumes are hardly alike (correlation {correlation:0.00}): rotation and shift are uncertain. State the rotation, or the whole transform.");
        }

        if (found.Length > 1 && found[1].Correlation > 0.8 * correlation)
        {
            run.Results.Warn($"Turned by {found[1].Rotation:0.#} deg both are nearly as alike (correlation {found[1].Correlation:0.00}) as by {rotation:0.#} deg ({correlation:0.00}): state the rotation if it is the other one.");
        }

        if (parameters.SearchRange > 0 && Math.Abs(Math.Abs(rotation - candidates.MinBy(candidate => Math.Abs(candidate - rotation))) - parameters.SearchRange) < 0.02)
        {
            run.Results.Warn($"The rotation found, {rotation:0.##} deg, lies at the end of the range that was searched: state one nearer to the truth, or widen the range.");
        }

        run.Results.Number("Correlation of the untilted pictures", correlation, "");
        return new VolumeTransform(rotation, x, y, 0);
    }

    /// <summary>The second volume's slices on the first's grid, middle on middle along the beam; beyond it its mean.</summary>
    private static async Task ResampleAsync(ISignal signal, VolumeTransform transform, (int Depth, int Rows, int Columns) shape, AlignedFloats volume, IProgress<Step> progress, CancellationToken ct)
    {
        var (depth, rows, columns) = ((int)signal.Header.Axes[0].Size, (int)signal.Header.Axes[1].Size, (int)signal.Header.Axes[2].Size);
        var slice = new float[rows * columns];
        var turned = new float[shape.Rows * shape.Columns];
        var offset = First(signal.Header, shape.Depth);
        volume.Span.Clear();
        for (var z = 0; z < shape.Depth; z++)
        {
            progress.Report(new Step(0.3 + (0.4 * z / shape.Depth), $"Turning slice {z + 1} of {shape.Depth}"));
            if (z + offset >= 0 && z + offset < depth)
            {
                await signal.ReadAsync(z + offset, slice, ct);
                transform.InPlane.Cubic(slice, rows, columns, turned, shape.Rows, shape.Columns, slice.Average());
                turned.CopyTo(volume.Span[(z * turned.Length)..]);
            }
        }
    }

    /// <summary>The slice of the second volume that the first slice of the first is compared with.</summary>
    private static int First(SignalHeader second, int depth) => ((int)second.Axes[0].Size - depth) / 2;

    private static void Summarise(IResultSink results, SignalHeader header, VolumeTransform transform, DualSpectrum spectrum, double[] correlation, double[] counts, double scale)
    {
        var steps = 2.0 * (correlation.Length - 1);
        var (voxel, unit) = header.Axes[2].IsCalibrated ? (header.Axes[2].Step, header.Axes[2].Unit) : (1, "px");
        double[] frequencies = [.. correlation.Select((_, i) => i / steps / voxel)];
        double[] errors = [.. correlation.Select((value, i) => (1 - (value * value)) / Math.Sqrt(Math.Max(1, counts[i])))];
        results.Number("Rotation of the second", transform.Rotation, "deg");
        results.Number("Shift x", transform.X, "px");
        results.Number("Shift y", transform.Y, "px");
        results.Number("Shift z", transform.Z, "px");
        results.Number("Scale of the second's densities", scale, "");
        var (first, second, both) = spectrum.Measured();
        results.Number("Measured by the first", 100 * first, "% of frequencies");
        results.Number("Measured by the second", 100 * second, "% of frequencies");
        results.Number("Measured by either", 100 * both, "% of frequencies");
        results.Curve("Correlation of the two", frequencies.AsSpan(1), correlation.AsSpan(1), $"1/{unit}", "", errors.AsSpan(1));
        if (both < 1)
        {
            results.Warn($"{100 * (1 - both):0.#} % of the frequencies, a pyramid about the beam, were measured by neither series: features stay drawn out along the beam, less than with one axis.");
        }
    }

    private static async Task WriteAsync(AnalysisRun run, SignalHeader like, AlignedFloats volume, int plane, CancellationToken ct)
    {
        var header = new SignalHeader($"{like.Name}, dual axis", SignalKind.Volume, PixelType.Float32, like.Axes, like.Metadata, MetadataTree.Empty);
        var slices = new CentralSlices(header);
        await using var file = Scratch.File();
        await using (var writer = await run.Results.VolumeAsync("Tomogram", header, ct))
        await using (var mrc = new MrcFile(file, header))
        {
            for (var z = 0; z < header.Axes[0].Size; z++)
            {
                run.Progress.Report(new Step(0.8 + (0.2 * z / header.Axes[0].Size), $"Writing slice {z + 1} of {header.Axes[0].Size}"));
                var bytes = MemoryMarshal.AsBytes(volume.Span.Slice(z * plane, plane)).ToArray();
                slices.Take(z, bytes);
                await writer.WriteSlabAsync(z, bytes, ct);
                await mrc.WriteSlabAsync(z, bytes, ct);
            }
        }

        await run.Results.FileAsync("tomogram.mrc", "application/x-mrc", file, ct);
        await slices.WriteAsync(run.Results, ct);
    }
}
