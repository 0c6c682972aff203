using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>Steps that change labels: each label in turn, or one; what grows takes only voxels without a label. Balls are exact: all voxels up to the radius away.</summary>
internal sealed class LabelSteps(VolumeWork work)
{
    private readonly VolumeShape shape = work.Shape;

    public int[] Do(SegmentStep step, int[] labels)
    {
        switch (step.Step)
        {
            case SegmentStepKind.Invert: return work.Map(labels, label => label == 0 ? 1 : 0);
            case SegmentStepKind.Components: return work.Labels(work.Components(Mask(labels, step.Label), step.Neighbours));
            case SegmentStepKind.SplitTouching: return Split(Mask(labels, step.Label), step.Radius);
        }

        var changed = (int[])labels.Clone();
        foreach (var label in step.Label is { } one ? [one] : Present(labels))
        {
            var before = Mask(changed, label);
            var after = Changed(step, before);
            for (var i = 0; i < changed.Length; i++)
            {
                changed[i] = after[i] != 0 ? (changed[i] == 0 ? label : changed[i]) : before[i] != 0 ? 0 : changed[i];
            }
        }

        return changed;
    }

    private byte[] Changed(SegmentStep step, byte[] mask) => step.Step switch
    {
        SegmentStepKind.Opening => Dilated(Eroded(mask, step.Radius), step.Radius),
        SegmentStepKind.Closing => Eroded(Dilated(mask, step.Radius), step.Radius),
        SegmentStepKind.Erosion => Eroded(mask, step.Radius),
        SegmentStepKind.Dilation => Dilated(mask, step.Radius),
        SegmentStepKind.FillHoles => Filled(mask),
        SegmentStepKind.RemoveSmall => Large(mask, step),
        SegmentStepKind.KeepLargest => Largest(mask, step),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Step, "This step does not change labels."),
    };

    /// <summary>Beyond the volume nothing is known, so its border erodes nothing.</summary>
    private byte[] Eroded(byte[] mask, int radius) => work.Map(work.Distance(mask, VoxelSize.One, roots: false), squared => squared > radius * radius ? (byte)1 : (byte)0);

    private byte[] Dilated(byte[] mask, int radius) => work.Map(work.Distance(Not(mask), VoxelSize.One, roots: false), squared => squared <= radius * radius ? (byte)1 : (byte)0);

    private byte[] Filled(byte[] mask)
    {
        var outside = work.Components(Not(mask), Connectivity.Faces);
        bool[] holes = [.. outside.Faces().Select((face, label) => label > 0 && face == VolumeFaces.None)];
        return [.. work.Keep(outside, holes).Zip(mask, (hole, inside) => (byte)(hole | inside))];
    }

    private byte[] Large(byte[] mask, SegmentStep step)
    {
        var components = work.Components(mask, step.Neighbours);
        return work.Keep(components, [.. components.Sizes().Select(size => size >= step.Voxels)]);
    }

    private byte[] Largest(byte[] mask, SegmentStep step)
    {
        var components = work.Components(mask, step.Neighbours);
        var sizes = components.Sizes();
        var largest = Array.IndexOf(sizes, sizes.Max());
        return work.Keep(components, [.. sizes.Select((_, label) => label > 0 && label == largest)]);
    }

    /// <summary>
    /// Watershed on the distance from the outside, from its peaks: voxels as high as all others within <paramref name="radius"/>; peaks that touch are one.
    /// </summary>
    private int[] Split(byte[] mask, int radius)
    {
        var distance = work.Distance(mask, VoxelSize.One);
        for (var i = 0; i < distance.Length; i++)
        {
            distance[i] = float.IsFinite(distance[i]) ? distance[i] : 0;
        }

        var smooth = work.Gaussian(distance, 1); // flat tops and the grid's ripples get one peak
        var highest = new float[smooth.Length];
        work.Slabs((first, count) => BoxExtremum.Slab(smooth, shape, radius, true, first, count, highest.AsSpan(first * shape.Plane, count * shape.Plane)));
        var peaks = work.Labels(work.Components([.. smooth.Select((value, i) => mask[i] != 0 && value >= highest[i] ? (byte)1 : (byte)0)], Connectivity.Corners));
        var scale = smooth.Max() is var most && most > 0 ? 65535 / most : 0;
        Watershed.Flood([.. smooth.Select(value => (ushort)(65535 - (value * scale)))], mask, shape, peaks);
        return peaks;
    }

    private byte[] Mask(int[] labels, int? label) => work.Map(labels, value => (label is { } one ? value == one : value != 0) ? (byte)1 : (byte)0);

    private byte[] Not(byte[] mask) => work.Map(mask, value => value == 0 ? (byte)1 : (byte)0);

    /// <summary>The labels in use but 0, in order.</summary>
    private static int[] Present(int[] labels)
    {
        var (present, last) = (new SortedSet<int>(), 0);
        foreach (var label in labels)
        {
            if (label != last && label != 0) // neighbours are mostly alike
            {
                present.Add(label);
            }

            last = label;
        }

        return [.. present];
    }
}
