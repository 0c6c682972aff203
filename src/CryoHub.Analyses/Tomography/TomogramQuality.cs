using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>How far a tomogram can be trusted: Fourier shell correlation of the even and the odd views' volumes (or of two given volumes), and which directions were measured.</summary>
public sealed class TomogramQuality : Analysis<TomogramQualityParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "tomogram-quality",
        1,
        "Tomogram quality",
        "Resolution of a tilt series' tomogram by even and odd views, or of two half volumes, and a picture of the missing wedge.",
        [
            new AnalysisInput("signal", [SignalKind.TiltSeries, SignalKind.ImageStack, SignalKind.Volume]),
            new AnalysisInput("second", [SignalKind.Volume], Required: false),
            .. SeriesInputs.All,
        ],
        typeof(TomogramQualityParameters),
        [
            "Harauz and van Heel, Optik 73 (1986) 146 (Fourier shell correlation)",
            "Rosenthal and Henderson, J. Mol. Biol. 333 (2003) 721, doi:10.1016/j.jmb.2003.07.013 (threshold 0.143)",
            "Cardone, Grünewald and Steven, J. Struct. Biol. 151 (2005) 117, doi:10.1016/j.jsb.2005.04.006 (even and odd views)",
        ])
    {
        Formula =
        [
            "FSC(k) = Re sum A B* / sqrt(sum |A|^2 sum |B|^2) over a shell one frequency step wide; A from views 1, 3, 5 ..., B from 2, 4, 6 ... in order of tilt, back-projected alike.",
            "Directions in the missing wedge are left out. Before the transform the volumes fade out over a tenth of their width along each axis.",
            "Resolution = voxel / k at the first crossing of the threshold, on a straight line between shells.",
        ],
        Limits =
        [
            "Half of the views sample directions half as finely: the curve underestimates the whole tomogram's at high frequencies.",
            "Errors that both halves share (alignment of all views, distortions) do not show.",
            "One number for all directions: along the beam the missing wedge leaves less.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, TomogramQualityParameters parameters, CancellationToken ct)
    {
        run = await SeriesInputs.JoinedAsync(run, Info, parameters, ct);
        var signal = run.Input(Info, "signal");
        var (one, two, geometry) = run.Inputs.ContainsKey("second")
            ? await GivenAsync(run, signal, run.Input(Info, "second"), ct)
            : await HalvesAsync(run, signal, parameters, ct);
        using (one)
        using (two)
        {
            var (depth, rows, columns) = geometry.Shape;
            run.Progress.Report(new Step(0.8, "Comparing the halves"));
            using var first = Spectrum(one, geometry.Shape);
            using var second = Spectrum(two, geometry.Shape);
            var correlation = ShellCorrelation.Of(first.Span, second.Span, depth, rows, columns, geometry.Steepest, out var counts);
            Summarise(run.Results, correlation, counts, geometry, parameters.Threshold);
            await WedgeAsync(run.Results, first.Span.ToArray(), second.Span.ToArray(), geometry, ct);
        }
    }

    private static void Summarise(IResultSink results, double[] correlation, double[] counts, HalfGeometry geometry, double threshold)
    {
        var steps = 2.0 * (correlation.Length - 1);
        double[] frequencies = [.. correlation.Select((_, i) => i / steps / geometry.Voxel)];
        double[] errors = [.. correlation.Select((value, i) => (1 - (value * value)) / Math.Sqrt(Math.Max(1, counts[i])))];
        results.Curve("Fourier shell correlation", frequencies.AsSpan(1), correlation.AsSpan(1), $"1/{geometry.Unit}", "", errors.AsSpan(1));
        foreach (var level in new[] { threshold, 0.5 }.Distinct())
        {
            var crossing = ShellCorrelation.Crossing(correlation, level);
            results.Number($"Resolution at {level:0.###}", geometry.Voxel / crossing, geometry.Unit, geometry.Voxel / (crossing * crossing) / steps / 2);
            if (double.IsNaN(crossing))
            {
                results.Warn(correlation.Skip(2).All(value => value >= level)
                    ? $"The halves agree better than {level:0.###} up to the finest frequency: the voxels, not the data, limit the resolution ({2 * geometry.Voxel:g4} {geometry.Unit})."
                    : $"The halves agree less than {level:0.###} from the coarsest frequencies on: there is no resolution to be stated.");
            }
        }

        results.Number("Missing wedge", 180 - (2 * geometry.Steepest), "deg");
        results.Number("Voxel size", geometry.Voxel, geometry.Unit);
    }

    /// <summary>Power of both halves together in the plane of beam and x, summed over the tilt axis' frequencies, logarithm to base 10, frequency 0 in the middle.</summary>
    private static async Task WedgeAsync(IResultSink results, float[] first, float[] second, HalfGeometry geometry, CancellationToken ct)
    {
        var (depth, rows, columns) = geometry.Shape;
        var half = (columns / 2) + 1;
        var picture = new float[depth * columns];
        for (var z = 0; z < depth; z++)
        {
            for (var x = 0; x < half; x++)
            {
                var power = 0.0;
                for (var y = 0; y < rows; y++)
                {
                    var at = 2 * ((((z * rows) + y) * half) + x);
                    var (re, im) = ((double)first[at] + second[at], (double)first[at + 1] + second[at + 1]);
                    power += (re * re) + (im * im);
                }

                var value = (float)Math.Log10(power + 1e-30);
                var (row, column) = ((z + (depth / 2)) % depth, (x + (columns / 2)) % columns);
                picture[(row * columns) + column] = value;
                picture[((((depth - z) % depth) + (depth / 2)) % depth * columns) + (((columns - x) % columns) + (columns / 2)) % columns] = value; // F(-k) = F(k)*
            }
        }

        Axis[] axes = [.. new[] { ("kz", depth), ("kx", columns) }.Select(axis => new Axis(axis.Item1, axis.Item2, $"1/{geometry.Unit}", AxisRole.Reciprocal, 1 / (axis.Item2 * geometry.Voxel), -(axis.Item2 / 2) / (axis.Item2 * geometry.Voxel)))];
        await results.ImageAsync("Missing wedge (log power, kz against kx)", new SignalHeader("Missing wedge", SignalKind.Image, PixelType.Float32, axes, AcquisitionMetadata.None, MetadataTree.Empty), picture, ct);
    }

    private static async Task<(AlignedFloats One, AlignedFloats Two, HalfGeometry Geometry)> GivenAsync(AnalysisRun run, ISignal one, ISignal two, CancellationToken ct)
    {
        var header = one.Header;
        if (header.Axes.Count != 3 || !header.Shape.SequenceEqual(two.Header.Shape))
        {
            throw ProblemException.Invalid($"Two half volumes must have the same three axes; found {string.Join(" x ", header.Shape)} and {string.Join(" x ", two.Header.Shape)}.");
        }

        Memory(header.PixelCount, run.Memory);
        var shape = ((int)header.Axes[0].Size, (int)header.Axes[1].Size, (int)header.Axes[2].Size);
        var calibrated = header.Axes[2].IsCalibrated;
        return (await ReadAsync(one, ct), await ReadAsync(two, ct), new HalfGeometry(shape, calibrated ? header.Axes[2].Step : 1, calibrated ? header.Axes[2].Unit : "px", 90));
    }

    private static async Task<AlignedFloats> ReadAsync(ISignal signal, CancellationToken ct)
    {
        var volume = new AlignedFloats((int)signal.Header.PixelCount);
        var slice = new float[signal.Header.FramePixels];
        for (var z = 0; z < signal.Header.FrameCount; z++)
        {
            await signal.ReadAsync(z, slice, ct);
            InputChecks.RequireValues(slice, (int)signal.Header.Axes[^1].Size, $"Slice {z + 1} of \"{signal.Header.Name}\"");
            slice.CopyTo(volume.Span[(z * slice.Length)..]);
        }

        return volume;
    }

    private static async Task<(AlignedFloats One, AlignedFloats Two, HalfGeometry Geometry)> HalvesAsync(AnalysisRun run, ISignal signal, TomogramQualityParameters parameters, CancellationToken ct)
    {
        var plan = new TomogramPlan(signal.Header, parameters);
        if (plan.Frames.Length < 4)
        {
            throw ProblemException.Invalid($"Even and odd halves need at least 4 views, found {plan.Frames.Length}.");
        }

        Memory(plan.VolumeBytes / sizeof(float), run.Memory);
        int[] sorted = [.. Enumerable.Range(0, plan.Frames.Length).OrderBy(view => plan.Angles[view]).Select(view => plan.Frames[view])];
        var one = await HalfAsync(run, signal, parameters, sorted, 1, ct);
        try
        {
            var two = await HalfAsync(run, signal, parameters, sorted, 0, ct);
            var shape = (plan.Depth, plan.Grid.Along, plan.Grid.Across);
            return (one, two, new HalfGeometry(shape, plan.Voxel, plan.Unit.Length > 0 ? plan.Unit : "px", (180 - ViewWeights.MissingWedge(plan.Angles)) / 2));
        }
        catch
        {
            one.Dispose();
            throw;
        }
    }

    /// <summary>The volume of the views of which <paramref name="sorted"/>, counted in order of tilt, leaves <paramref name="excluded"/> when halved.</summary>
    private static async Task<AlignedFloats> HalfAsync(AnalysisRun run, ISignal signal, TomogramQualityParameters parameters, int[] sorted, int excluded, CancellationToken ct)
    {
        var half = parameters with { ExcludeList = [.. parameters.ExcludeList, .. sorted.Where((_, rank) => rank % 2 == excluded).Select(frame => frame + 1)] };
        var plan = new TomogramPlan(signal.Header, half);
        using var projections = new FilteredProjections(plan, half, plan.AllStrips);
        await ProjectionReader.ReadAsync(run, signal, plan, half, plan.AllStrips, (view, grid) => Parallel.For(0, plan.Strips, run.Parallel(ct), strip => projections.Add(view, strip, grid)), ct);
        var volume = new AlignedFloats(checked((int)(plan.VolumeBytes / sizeof(float))));
        await VolumeSlabs.ReadAsync(new SlabBackProjector(plan, projections), plan, plan.Grid.Along, run, (first, slab) =>
        {
            MemoryMarshal.Cast<byte, float>(slab.Span).CopyTo(volume.Span[(first * plan.Grid.Along * plan.Grid.Across)..]);
            return Task.CompletedTask;
        }, ct);
        return volume;
    }

    private static AlignedFloats Spectrum(AlignedFloats volume, (int Depth, int Rows, int Columns) shape)
    {
        var (depth, rows, columns) = shape;
        float[] fadeZ = Fade(depth), fadeY = Fade(rows), fadeX = Fade(columns);
        var mean = 0.0;
        foreach (var voxel in volume.Span)
        {
            mean += voxel;
        }

        var level = (float)(mean / volume.Length);
        for (var line = 0; line < depth * rows; line++)
        {
            Hann.Apply(volume.Span.Slice(line * columns, columns), level, fadeX, fadeZ[line / rows] * fadeY[line % rows], volume.Span.Slice(line * columns, columns));
        }

        var spectrum = new AlignedFloats(depth * rows * RealFourier.HalfLength(columns));
        RealFourier.ForwardSpace(volume, depth, rows, columns, spectrum);
        return spectrum;
    }

    private static float[] Fade(int length)
    {
        var width = length / 10.0;
        return [.. Enumerable.Range(0, length).Select(i => Math.Min(i + 0.5, length - 0.5 - i) is var edge && edge < width ? (float)(0.5 - (0.5 * Math.Cos(Math.PI * edge / width))) : 1)];
    }

    private static void Memory(long voxels, long memory)
    {
        var bytes = 4 * sizeof(float) * voxels; // two volumes and their spectra
        if (bytes > 4 * memory || voxels > 500_000_000)
        {
            throw ProblemException.Invalid($"Two volumes and their spectra need {bytes >> 20} MiB, more than {4 * memory >> 20} MiB: bin the projections or make the volume less deep.");
        }
    }

    private sealed record HalfGeometry((int Depth, int Rows, int Columns) Shape, double Voxel, string Unit, double Steepest);
}
