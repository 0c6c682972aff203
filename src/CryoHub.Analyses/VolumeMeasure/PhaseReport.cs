using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>Measures one phase and writes its numbers, distributions, objects, volumes and surfaces.</summary>
internal sealed class PhaseReport(AnalysisRun run, VolumeWork work, Phases phases, VolumeMeasureParameters parameters, int label, double from, double share)
{
    private readonly VolumeScale scale = phases.Scale;
    private readonly string name = phases.Name(label);

    /// <summary>The phase's numbers and, where they were asked for and have a value, their uncertainties.</summary>
    public async Task<(List<Quantity> Numbers, double?[] Errors)> WriteAsync(CancellationToken ct)
    {
        var mask = phases.Mask(label);
        var measure = new PhaseMeasure(work, scale, parameters, phases, step => Say(0, step), ct);
        var numbers = measure.Of(mask, mask, rough: false);
        var errors = new double?[numbers.Count];
        if (parameters.Uncertainty)
        {
            var less = new PhaseMeasure(work, scale, parameters, phases, step => Say(0.3, step + ", boundary one voxel in"), ct).Of(work.Moved(mask, outwards: false), MovedLayer(mask, outwards: false), rough: true);
            var more = new PhaseMeasure(work, scale, parameters, phases, step => Say(0.6, step + ", boundary one voxel out"), ct).Of(work.Moved(mask, outwards: true), MovedLayer(mask, outwards: true), rough: true);
            for (var i = 0; i < errors.Length; i++)
            {
                errors[i] = double.IsFinite(less[i].Value) && double.IsFinite(more[i].Value) ? Math.Abs(more[i].Value - less[i].Value) / 2 : null;
            }
        }

        for (var i = 0; i < numbers.Count; i++)
        {
            run.Results.Number($"{numbers[i].Name}, {name}", numbers[i].Value, numbers[i].Unit, errors[i]);
        }

        Say(0.9, "writing");
        Warn(numbers);
        await WriteAsync(measure, mask, ct);
        return (numbers, errors);
    }

    /// <summary>The mask with its boundary moved by one voxel, but where the phase lies on the core its boundary stays.</summary>
    private byte[] MovedLayer(byte[] mask, bool outwards)
    {
        if (parameters.LayerOn is not { } label)
        {
            return mask;
        }

        var core = phases.Mask(label);
        var both = work.Moved([.. mask.Zip(core, (a, b) => (byte)(a | b))], outwards);
        return [.. both.Zip(core, (moved, inside) => inside != 0 ? (byte)0 : moved)];
    }

    private void Warn(List<Quantity> numbers)
    {
        foreach (var blocked in numbers.Where(number => number.Name.StartsWith("Tortuosity", StringComparison.Ordinal) && double.IsNaN(number.Value)))
        {
            run.Results.Warn($"No way leads through {name} from face to face{blocked.Name["Tortuosity".Length..]}: there is no tortuosity, the effective diffusivity is 0.");
        }
    }

    private async Task WriteAsync(PhaseMeasure measure, byte[] mask, CancellationToken ct)
    {
        var surface = new PhaseSurface(work, scale.Size, mask, parameters.Smoothing);
        var thickness = measure.LocalDiameters(mask);
        Curve("Local thickness", new ThicknessStatistics(thickness, scale.Size).Histogram());
        await VolumeAsync($"Local thickness, {name}", PixelType.Float32, scale.Unit, null, VolumeMeasure.Bytes(thickness), ct);
        for (var axis = 2; axis >= 0; axis--)
        {
            Chords(mask, axis, measure.Edge(axis));
        }

        Contacts(surface, mask);
        if (parameters.Objects)
        {
            await ObjectsAsync(surface, mask, ct);
        }

        if (parameters.Skeleton)
        {
            Branches(measure.Skeleton(mask));
        }

        if (parameters.LayerOn is { } core && core != label)
        {
            var layer = new LayerThickness(work, scale.Size, mask, phases.Mask(core));
            Curve("Layer thickness", layer.Statistics.Histogram());
            await VolumeAsync($"Layer thickness on the surface, {name}", PixelType.Float32, scale.Unit, null, VolumeMeasure.Bytes(layer.Map), ct);
        }

        if (measure.Connected(mask) is { } connected)
        {
            byte[] parts = [.. connected.Zip(mask, (joined, inside) => inside == 0 ? (byte)0 : joined != 0 ? (byte)1 : (byte)2)];
            LabelClass[] classes = [new(1, "connected to the collector", "#2a9d8f"), new(2, "isolated", "#e76f51")];
            await VolumeAsync($"Connected and isolated parts, {name}", PixelType.UInt8, "", classes, parts, ct);
        }

        foreach (var format in parameters.Meshes.Distinct())
        {
            await using var file = Scratch.File();
            await using var buffered = new BufferedStream(file, 1 << 16);
            MeshFile.Write(surface.Mesh, format, scale.Unit, buffered);
            await buffered.FlushAsync(ct);
            file.Position = 0;
            await run.Results.FileAsync($"surface-{label}{MeshFile.Ending(format)}", MeshFile.MediaType(format), file, ct);
        }
    }

    private async Task ObjectsAsync(PhaseSurface surface, byte[] mask, CancellationToken ct)
    {
        var objects = new ObjectTable(work, scale, mask, parameters.Neighbours, parameters.SmallestObject, surface);
        if (objects.LeftOut > 0)
        {
            run.Results.Warn($"{name}: {objects.Note}");
        }

        run.Results.Table($"Objects, {name}", objects.Columns());
        double[] diameters = [.. objects.Diameters.Order()];
        if (diameters.Length > 0)
        {
            var bins = Math.Clamp((int)Math.Sqrt(diameters.Length), 1, 100);
            var width = diameters[^1] / bins;
            double[] middles = [.. Enumerable.Range(0, bins).Select(bin => (bin + 0.5) * width)];
            double[] counts = [.. middles.Select(middle => (double)diameters.Count(d => Math.Min(bins - 1, (int)(d / width)) == (int)(middle / width)))];
            run.Results.Curve($"Equivalent diameters of the objects, {name}", middles, counts, scale.Unit, "objects");
        }

        await VolumeAsync($"Objects, {name}", PixelType.Int32, "", [], VolumeMeasure.Bytes(objects.Labels), ct);
    }

    private void Contacts(PhaseSurface surface, byte[] mask)
    {
        int[] shifted = [.. phases.Labels.Select((other, i) => mask[i] != 0 ? 0 : other + 1)]; // 0 is no label to the surface, so all others count from 1
        var areas = surface.AreaBy(shifted, inside: false).Where(pair => pair.Key > 0).OrderBy(pair => pair.Key).ToArray();
        var sides = Enum.GetValues<VolumeSide>().Where(side => side != VolumeSide.None).ToArray();
        var unit = PhaseMeasure.Power(scale.Unit, 2);
        run.Results.Table($"Contact areas, {name}", [
            new Column("With", "", [.. areas.Select(pair => (object)phases.Name(pair.Key - 1)), .. sides.Select(side => (object)$"face {side}")]),
            new Column("Area", unit, [.. areas.Select(pair => (object)pair.Value), .. sides.Select(side => (object)FaceArea(mask, side))]),
        ]);
    }

    private double FaceArea(byte[] mask, VolumeSide side)
    {
        var (shape, size) = (scale.Shape, scale.Size);
        var face = PhaseMeasure.Face(side);
        var area = side switch { VolumeSide.ZLow or VolumeSide.ZHigh => size.Y * size.X, VolumeSide.YLow or VolumeSide.YHigh => size.Z * size.X, _ => size.Z * size.Y };
        var voxels = 0L;
        for (var i = 0; i < mask.Length; i++)
        {
            voxels += mask[i] != 0 && VolumeFace.Of(shape, i / shape.Plane, i / shape.Width % shape.Height, i % shape.Width, i % shape.Width).HasFlag(face) ? 1 : 0;
        }

        return voxels * area;
    }

    private void Branches(SkeletonGraph graph) => run.Results.Table($"Branches of the skeleton, {name}", [
        new Column("Branch", "", [.. graph.Branches.Select((_, i) => (object)(i + 1.0))]),
        new Column("Length", scale.Unit, [.. graph.Branches.Select(branch => (object)branch.Length)]),
        new Column("Distance of its ends", scale.Unit, [.. graph.Branches.Select(branch => (object)graph.Distance(branch.From, branch.To))]),
        new Column("Free ends", "", [.. graph.Branches.Select(branch => (object)(double)branch.Ends)]),
    ]);

    private void Chords(byte[] mask, int axis, double edge)
    {
        var counts = ChordLengths.Count(mask, scale.Shape, axis);
        var last = Array.FindLastIndex(counts, count => count > 0);
        if (last > 0)
        {
            double[] lengths = [.. Enumerable.Range(1, last).Select(length => length * edge)];
            run.Results.Curve($"Chords along {"zyx"[axis]}, {name}", lengths, [.. counts[1..(last + 1)].Select(count => (double)count)], scale.Unit, "chords");
        }
    }

    private void Curve(string quantity, (double[] Middles, double[] Shares) histogram)
    {
        if (histogram.Middles.Length > 0)
        {
            run.Results.Curve($"{quantity}, {name}", histogram.Middles, histogram.Shares, scale.Unit, "share of the voxels");
        }
    }

    private async Task VolumeAsync(string title, PixelType pixel, string unit, IReadOnlyList<LabelClass>? classes, ReadOnlyMemory<byte> pixels, CancellationToken ct)
    {
        await using var volume = await run.Results.VolumeAsync(title, scale.Result(title, pixel, unit) with { Labels = classes }, ct);
        await volume.WriteSlabAsync(0, pixels, ct);
    }

    private void Say(double part, string step) => run.Progress.Report(new Step(from + (share * part), $"{name}: {step}"));
}
