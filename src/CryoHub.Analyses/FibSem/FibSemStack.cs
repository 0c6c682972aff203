using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.FibSem;

/// <summary>Makes a volume from the slices of a FIB-SEM stack: cleaned, aligned without straightening what is slanted, with the right proportions.</summary>
public sealed class FibSemStack : Analysis<FibSemStackParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "fibsem-stack",
        2,
        "FIB-SEM stack to volume",
        "Aligns the slices of a FIB-SEM stack, removes curtains, shading and charging, and gives the volume its true proportions.",
        [new AnalysisInput("signal", [SignalKind.ImageStack, SignalKind.Volume])],
        typeof(FibSemStackParameters),
        [
            "Münch et al., Opt. Express 17 (2009) 8567, doi:10.1364/OE.17.008567 (curtains)",
            "Hanslovsky et al., Bioinformatics 33 (2017) 1379, doi:10.1093/bioinformatics/btw794 (thickness of slices)",
            "Holzer et al., J. Microsc. 216 (2004) 84, doi:10.1111/j.0022-2720.2004.01397.x (geometry of FIB serial sections)",
        ])
    {
        Formula =
        [
            "Shift of a slice = median over nine patches of the cross-correlation with the slice before; added up, less the straight line through the window round each slice.",
            "y' = y / sin(angle between the beams).",
            "Thickness of a slice = distance along x at which the picture is as like itself as the slice is like the one before, scaled to the set mean.",
            "Curtains: wavelet details across are dampened by 1 - exp(-k^2 / 2 s^2) along the columns.",
        ],
        Limits =
        [
            "Without a fiducial, drift slower than the window cannot be told from slanted features and is kept.",
            "The thickness of single slices supposes a specimen that is alike in all directions, and enough structure.",
            "Pores show what lies behind them; that is not corrected.",
            "Charging and shading are taken off, not modelled: grey levels are comparable within the volume, not with other volumes.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, FibSemStackParameters parameters, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        var geometry = new StackGeometry(signal.Header, parameters, run.Results);
        using var store = Scratch.File();
        var (shifts, levels) = await CleanAsync(run, signal, geometry, parameters, store, ct);
        var slices = new StoredSlices(store, geometry, shifts, parameters.MatchBrightness ? levels : null);
        var positions = await PositionsAsync(run, slices, geometry, parameters, ct);
        await StackVolume.WriteAsync(run, signal.Header, slices, geometry, positions, ct);
        double[] numbers = [.. Enumerable.Range(1, geometry.Slices).Select(slice => (double)slice)];
        run.Results.Curve("Correction x", numbers, [.. shifts.Select(shift => shift.X)], "slice", "px");
        run.Results.Curve("Correction y", numbers, [.. shifts.Select(shift => shift.Y)], "slice", "px");
        run.Results.Number("Correction, root mean square", Math.Sqrt(shifts.Average(shift => (shift.X * shift.X) + (shift.Y * shift.Y))), "px");
    }

    /// <summary>First pass: cleans each slice, keeps it in a temporary file and follows its shift.</summary>
    private static async Task<((double X, double Y)[] Shifts, (double Median, double Spread)[] Levels)> CleanAsync(
        AnalysisRun run, ISignal signal, StackGeometry geometry, FibSemStackParameters parameters, FileStream store, CancellationToken ct)
    {
        Scratch.Require(sizeof(float) * (long)geometry.Rows * geometry.Columns * geometry.Slices);
        var cleaner = new SliceCleaner(geometry.Rows, geometry.Columns, parameters);
        var follow = new SliceShifts(geometry.Rows, geometry.Columns, parameters.Alignment == StackAlignment.Fiducial ? geometry.Fiducial : null);
        var levels = new (double Median, double Spread)[geometry.Slices];
        var slice = new float[geometry.Rows * geometry.Columns];
        for (var z = 0; z < geometry.Slices; z++)
        {
            run.Progress.Report(new Step(0.5 * z / geometry.Slices, $"Cleaning slice {z + 1} of {geometry.Slices}"));
            await signal.ReadAsync(z, slice, ct);
            InputChecks.RequireValues(slice, geometry.Columns, $"Slice {z + 1}");
            cleaner.Clean(slice);
            levels[z] = SliceCleaner.Level(slice);
            if (parameters.Alignment != StackAlignment.None)
            {
                follow.Add(slice, run.Parallel(ct));
                if (double.IsNaN(follow.Steps[^1].X))
                {
                    run.Results.Warn($"Slice {z + 1} hardly resembles slice {z} (correlation {follow.Steps[^1].Correlation:0.00}): a slice may be missing or spoilt; no jump is taken between them.");
                }
            }

            await store.WriteAsync(MemoryMarshal.AsBytes(slice.AsSpan()).ToArray(), ct);
        }

        return (parameters.Alignment == StackAlignment.None ? new (double, double)[geometry.Slices] : follow.Jumps(parameters.Alignment, parameters.Window), levels);
    }

    /// <summary>Second pass, where the thickness of each slice is wanted; positions in nanometres (or slices), the first at 0.</summary>
    private static async Task<double[]> PositionsAsync(AnalysisRun run, StoredSlices slices, StackGeometry geometry, FibSemStackParameters parameters, CancellationToken ct)
    {
        double[] even = [.. Enumerable.Range(0, geometry.Slices).Select(slice => slice * geometry.Thickness)];
        if (!parameters.ThicknessOfEach)
        {
            return even;
        }

        const int rim = 4;
        var measure = new SliceThickness(geometry.Rows, geometry.Columns);
        var likeness = new double[geometry.Slices];
        var (before, now) = (new float[geometry.Rows * geometry.Columns], new float[geometry.Rows * geometry.Columns]);
        for (var z = 0; z < geometry.Slices; z++)
        {
            run.Progress.Report(new Step(0.5 + (0.2 * z / geometry.Slices), $"Comparing slice {z + 1} of {geometry.Slices}"));
            await slices.ReadAsync(z, now, ct);
            if (z % Math.Max(1, geometry.Slices / 20) == 0)
            {
                measure.Learn(now);
            }

            likeness[z] = z > 0 ? measure.Likeness(before, now, rim) : 1;
            (before, now) = (now, before);
        }

        double[] steps = [.. likeness.Skip(1).Select(measure.Distance)];
        if (steps.Count(double.IsNaN) is var lost and > 0)
        {
            run.Results.Warn($"{lost} of {steps.Length} slices are less like their neighbour than the picture is like itself anywhere along x: they got the mean thickness.");
        }

        double[] known = [.. steps.Where(step => !double.IsNaN(step))];
        if (known.Length == 0)
        {
            return even;
        }

        var scale = geometry.Thickness / known.Average();
        double[] thickness = [.. steps.Select(step => double.IsNaN(step) ? geometry.Thickness : step * scale)];
        run.Results.Curve("Thickness", [.. Enumerable.Range(2, thickness.Length).Select(slice => (double)slice)], thickness, "slice", geometry.Unit);
        var mean = thickness.Average();
        run.Results.Number("Spread of the thickness", 100 * Math.Sqrt(thickness.Average(value => (value - mean) * (value - mean))) / mean, "%");
        var position = 0.0;
        return [0, .. thickness.Select(value => position += value)];
    }
}
