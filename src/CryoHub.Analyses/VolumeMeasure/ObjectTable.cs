using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>The connected parts of a phase: sizes, shapes and places, and a volume of their numbers. Axes are those of the ellipsoid with the same moments.</summary>
internal sealed class ObjectTable
{
    private const int LeastForShape = 100; // voxels below which area and sphericity say more of the grid than of the object

    private readonly VolumeScale scale;
    private readonly int smallest;
    private readonly int[] numbers; // by component; 0 where it is too small to be listed
    private readonly List<ObjectMoments> objects = [];
    private readonly List<VolumeFaces> faces = [];
    private readonly Dictionary<int, double> areas;
    private readonly long[] boundary;

    public ObjectTable(VolumeWork work, VolumeScale scale, byte[] mask, Connectivity neighbours, int smallest, PhaseSurface surface)
    {
        (this.scale, this.smallest) = (scale, smallest);
        var components = work.Components(mask, neighbours);
        var (sizes, sides) = (components.Sizes(), components.Faces());
        numbers = new int[components.Count + 1];
        for (var component = 1; component <= components.Count; component++)
        {
            if (sizes[component] >= smallest)
            {
                numbers[component] = objects.Count + 1;
                objects.Add(new ObjectMoments());
                faces.Add(sides[component]);
            }
        }

        foreach (var run in components.Runs().Where(run => numbers[run.Label] > 0))
        {
            objects[numbers[run.Label] - 1].Add(run.Z, run.Y, run.Start, run.End);
        }

        Labels = work.Labels(components);
        for (var i = 0; i < Labels.Length; i++)
        {
            Labels[i] = numbers[Labels[i]];
        }

        areas = surface.AreaBy(Labels, inside: true);
        boundary = new long[objects.Count + 1];
        var inner = work.Distance(mask, VoxelSize.One, roots: false);
        for (var i = 0; i < Labels.Length; i++)
        {
            boundary[Labels[i]] += Labels[i] > 0 && inner[i] <= 1 ? 1 : 0;
        }
    }

    /// <summary>Numbers of the objects as in the table, 0 elsewhere.</summary>
    public int[] Labels { get; }

    public int Count => objects.Count;

    /// <summary>Components that are too small for the list.</summary>
    public int LeftOut => numbers.Length - 1 - objects.Count;

    public string Note => $"{LeftOut} parts of fewer than {smallest} voxels are not listed.";

    /// <summary>Diameters of the balls of the same volume.</summary>
    public IEnumerable<double> Diameters => objects.Select(item => Math.Cbrt(6 * item.Count * scale.Size.Volume / Math.PI));

    public IReadOnlyList<Column> Columns()
    {
        var unit = scale.Unit;
        var (size, voxel) = (scale.Size, scale.Size.Volume);
        var shapes = objects.Select(item => SymmetricMatrix.Principal(item.Covariance(size))).ToArray();
        return [
            Numbers("Object", "", (_, i) => i + 1),
            Numbers("Voxels", "", (item, _) => item.Count),
            Numbers("Volume", PhaseMeasure.Power(unit, 3), (item, _) => item.Count * voxel),
            Numbers("Volume uncertainty", PhaseMeasure.Power(unit, 3), (_, i) => boundary[i + 1] * voxel),
            Numbers("Equivalent diameter", unit, (item, _) => Math.Cbrt(6 * item.Count * voxel / Math.PI)),
            Numbers("Equivalent diameter uncertainty", unit, (item, i) => Math.Cbrt(6 * item.Count * voxel / Math.PI) * boundary[i + 1] / (3.0 * item.Count)),
            Numbers("Longest axis", unit, (_, i) => Axis(shapes[i].Values[0])),
            Numbers("Middle axis", unit, (_, i) => Axis(shapes[i].Values[1])),
            Numbers("Shortest axis", unit, (_, i) => Axis(shapes[i].Values[2])),
            Numbers("Aspect ratio", "", (_, i) => Axis(shapes[i].Values[0]) / Axis(shapes[i].Values[2])),
            Numbers("Azimuth of the longest axis (from x to y)", "deg", (_, i) => Angles(shapes[i].Directions).Azimuth),
            Numbers("Elevation of the longest axis (from the xy plane)", "deg", (_, i) => Angles(shapes[i].Directions).Elevation),
            Numbers("Surface area", PhaseMeasure.Power(unit, 2), (item, i) => Area(item, i)),
            Numbers("Sphericity", "", (item, i) => faces[i] != VolumeFaces.None ? double.NaN : Math.Cbrt(Math.PI * 36 * Math.Pow(item.Count * voxel, 2)) / Area(item, i)),
            Numbers("x", unit, (item, _) => item.Middle.X * size.X),
            Numbers("y", unit, (item, _) => item.Middle.Y * size.Y),
            Numbers("z", unit, (item, _) => item.Middle.Z * size.Z),
            Numbers("First column", "px", (item, _) => item.Low.X),
            Numbers("First row", "px", (item, _) => item.Low.Y),
            Numbers("First slice", "px", (item, _) => item.Low.Z),
            Numbers("Last column", "px", (item, _) => item.High.X),
            Numbers("Last row", "px", (item, _) => item.High.Y),
            Numbers("Last slice", "px", (item, _) => item.High.Z),
            new Column("Cut by the volume's border", "", [.. faces.Select(face => (object)(face == VolumeFaces.None ? "no" : "yes"))]),
        ];
    }

    private Column Numbers(string name, string unit, Func<ObjectMoments, int, double> value) => new(name, unit, [.. objects.Select((item, i) => (object)value(item, i))]);

    private double Area(ObjectMoments item, int index) => item.Count >= LeastForShape && areas.TryGetValue(index + 1, out var area) ? area : double.NaN;

    /// <summary>Full length of an ellipsoid's axis with that variance along it.</summary>
    private static double Axis(double variance) => 2 * Math.Sqrt(5 * Math.Max(0, variance));

    private static (double Azimuth, double Elevation) Angles(double[,] directions)
    {
        var (x, y, z) = (directions[0, 0], directions[0, 1], directions[0, 2]);
        if (x < 0 || (x == 0 && y < 0))
        {
            (x, y, z) = (-x, -y, -z);
        }

        return (Math.Atan2(y, x) * 180 / Math.PI, Math.Asin(Math.Clamp(z, -1, 1)) * 180 / Math.PI);
    }
}
