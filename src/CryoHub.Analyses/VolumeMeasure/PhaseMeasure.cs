using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>The numbers of one phase, from its mask alone: measured on the mask as it is and, for the uncertainty, on one with another boundary.</summary>
internal sealed class PhaseMeasure(VolumeWork work, VolumeScale scale, VolumeMeasureParameters parameters, Phases phases, Action<string> say, CancellationToken ct)
{
    private const double RoughTolerance = 1e-3; // a few per cent of a tortuosity whose uncertainty is far more

    private static readonly string[] AxisNames = ["z", "y", "x"];

    private readonly VolumeShape shape = scale.Shape;
    private readonly VoxelSize size = scale.Size;

    /// <summary>Every number in the order in which they are shown.</summary>
    /// <param name="mask">The phase.</param>
    /// <param name="layer">The phase as a layer: its boundary to the core is never moved.</param>
    /// <param name="rough">Whether this is a mask with a moved boundary, for which less accuracy will do.</param>
    public List<Quantity> Of(byte[] mask, byte[] layer, bool rough)
    {
        var unit = scale.Unit;
        var voxels = mask.LongCount(value => value != 0);
        var total = shape.Count * size.Volume;
        List<Quantity> found =
        [
            new("Volume fraction", (double)voxels / shape.Count, ""),
            new("Volume", voxels * size.Volume, Power(unit, 3)),
        ];
        say("surface");
        var area = new PhaseSurface(work, size, mask, parameters.Smoothing).Mesh.Area();
        found.AddRange([new("Surface area", area, Power(unit, 2)), new("Specific surface (of the volume)", area / total, Power(unit, -1)), new("Specific surface (of the phase)", voxels > 0 ? area / (voxels * size.Volume) : double.NaN, Power(unit, -1))]);
        ct.ThrowIfCancellationRequested();
        say("connections");
        Connections(mask, voxels, found);
        ct.ThrowIfCancellationRequested();
        say("local thickness");
        Thickness(new ThicknessStatistics(LocalDiameters(mask), size), found);
        for (var axis = 2; axis >= 0; axis--)
        {
            found.Add(new($"Mean chord along {AxisNames[axis]}", Edge(axis) * ChordLengths.Mean(mask, shape, axis), unit));
        }

        Diffusion(mask, voxels, rough, found);
        if (parameters.Skeleton)
        {
            say("skeleton");
            Lines(mask, found);
        }

        if (parameters.LayerOn is { } core)
        {
            found.AddRange(new LayerThickness(work, size, layer, phases.Mask(core)).Quantities(unit));
        }

        if (parameters.RoughnessFrom != VolumeSide.None)
        {
            found.AddRange(new HeightMap(mask, shape, size, parameters.RoughnessFrom).Quantities(unit));
        }

        return found;
    }

    /// <summary>For each voxel of the mask the local thickness, NaN outside; twice the radius to the nearest centre outside, less half a voxel as that centre lies half to one voxel beyond the boundary.</summary>
    public float[] LocalDiameters(byte[] mask)
    {
        var radii = work.LocalRadii(work.Distance(mask, size), size);
        for (var i = 0; i < radii.Length; i++)
        {
            radii[i] = mask[i] != 0 && float.IsFinite(radii[i]) ? (float)((2 * radii[i]) - (0.5 * size.Least)) : float.NaN;
        }

        return radii;
    }

    public double Edge(int axis) => axis switch { 0 => size.Z, 1 => size.Y, _ => size.X };

    /// <summary>The voxels that belong to the collector: its label, or the outermost ones of the face.</summary>
    public byte[]? Collector()
    {
        if (parameters.CollectorLabel is { } label)
        {
            return phases.Mask(label);
        }

        if (parameters.Collector == VolumeSide.None)
        {
            return null;
        }

        var face = Face(parameters.Collector);
        var marks = new byte[shape.Count];
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = VolumeFace.Of(shape, i / shape.Plane, i / shape.Width % shape.Height, i % shape.Width, i % shape.Width).HasFlag(face) ? (byte)1 : (byte)0;
        }

        return marks;
    }

    /// <summary>The voxels of <paramref name="mask"/> from which a way leads to the collector, or <c>null</c> where none is given.</summary>
    public byte[]? Connected(byte[] mask)
    {
        if (Collector() is not { } marks)
        {
            return null;
        }

        var joined = (byte[])mask.Clone();
        for (var i = 0; i < joined.Length && parameters.CollectorLabel is not null; i++)
        {
            joined[i] |= marks[i];
        }

        var components = work.Components(joined, parameters.Neighbours);
        var connected = work.Keep(components, components.Holding(marks));
        for (var i = 0; i < connected.Length; i++)
        {
            connected[i] &= mask[i];
        }

        return connected;
    }

    public static VolumeFaces Face(VolumeSide side) => Enum.Parse<VolumeFaces>(side.ToString());

    private void Connections(byte[] mask, long voxels, List<Quantity> found)
    {
        var components = work.Components(mask, Connectivity.Corners);
        var parts = parameters.Neighbours == Connectivity.Corners ? components : work.Components(mask, parameters.Neighbours);
        var (sizes, faces) = (parts.Sizes(), parts.Faces());
        var euler = work.Euler(mask);
        var outside = new byte[mask.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            outside[i] = mask[i] == 0 ? (byte)1 : (byte)0;
        }

        var cavities = work.Components(outside, Connectivity.Faces).Faces().Skip(1).Count(face => face == VolumeFaces.None);
        found.AddRange([
            new("Connected parts", parts.Count, ""),
            new("Share of the largest part", voxels > 0 ? (double)sizes.Max() / voxels : double.NaN, ""),
            new("Euler number", euler, ""),
            new("Loops", components.Count + cavities - euler, ""),
            new("Enclosed cavities", cavities, ""),
        ]);
        for (var axis = 2; axis >= 0; axis--)
        {
            var through = DiffusionSolver.Through(axis);
            var leading = sizes.Where((_, part) => (faces[part] & through) == through).Sum();
            found.Add(new($"Share that leads through along {AxisNames[axis]}", voxels > 0 ? (double)leading / voxels : double.NaN, ""));
        }

        if (Connected(mask) is { } connected)
        {
            var share = voxels > 0 ? (double)connected.LongCount(value => value != 0) / voxels : double.NaN;
            found.AddRange([new("Share connected to the collector", share, ""), new("Isolated (inactive) volume", (1 - share) * voxels * size.Volume, Power(scale.Unit, 3))]);
        }
    }

    private void Thickness(ThicknessStatistics statistics, List<Quantity> found) => found.AddRange([
        new("Local thickness, mean", statistics.Mean, scale.Unit),
        new("Local thickness, 10 %", statistics.Percentile(0.1), scale.Unit),
        new("Local thickness, median", statistics.Percentile(0.5), scale.Unit),
        new("Local thickness, 90 %", statistics.Percentile(0.9), scale.Unit),
    ]);

    private void Diffusion(byte[] mask, long voxels, bool rough, List<Quantity> found)
    {
        int[] axes = parameters.Tortuosity switch { TortuosityAxes.All => [2, 1, 0], TortuosityAxes.X => [2], TortuosityAxes.Y => [1], TortuosityAxes.Z => [0], _ => [] };
        DiffusionSolver? solver = null; // the largest thing a run holds, so it goes when the axes are done
        foreach (var axis in axes)
        {
            say($"diffusion along {AxisNames[axis]}");
            solver ??= new DiffusionSolver(work, size);
            var result = rough ? solver.Solve(mask, axis, ct, RoughTolerance) : solver.Solve(mask, axis, ct);
            var fraction = (double)voxels / shape.Count;
            found.AddRange([
                new($"Tortuosity along {AxisNames[axis]}", result.Diffusivity > 0 ? fraction / result.Diffusivity : double.NaN, ""),
                new($"Effective diffusivity along {AxisNames[axis]}", result.Diffusivity, ""),
            ]);
        }
    }

    private void Lines(byte[] mask, List<Quantity> found)
    {
        var graph = Skeleton(mask);
        found.AddRange([
            new("Skeleton length", graph.Length, scale.Unit),
            new("Skeleton branches", graph.Branches.Count, ""),
            new("Skeleton junctions", graph.Junctions, ""),
            new("Skeleton ends", graph.Ends, ""),
            new("Mean branch length", graph.Branches.Count > 0 ? graph.Length / graph.Branches.Count : double.NaN, scale.Unit),
        ]);
    }

    public SkeletonGraph Skeleton(byte[] mask)
    {
        var thinned = (byte[])mask.Clone();
        Numerics.Volumes.Skeleton.Thin(thinned, shape);
        return new SkeletonGraph(thinned, shape, size);
    }

    public static string Power(string unit, int power) => power switch { 3 => unit + "³", 2 => unit + "²", _ => "1/" + unit };
}
