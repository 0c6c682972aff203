using CryoHub.Numerics.Volumes;

namespace CryoHub.Numerics.Tests.Volumes;

public sealed class ConnectedComponentsTests
{
    public static TheoryData<int, int, int, Connectivity, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, int, Connectivity, int>();
            foreach (var connectivity in Enum.GetValues<Connectivity>())
            {
                cases.Add(7, 9, 33, connectivity, 3);
                cases.Add(1, 12, 20, connectivity, 2);
                cases.Add(6, 1, 17, connectivity, 1);
                cases.Add(5, 8, 8, connectivity, 5);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Labels_equal_a_flood_fill_in_raster_order(int depth, int height, int width, Connectivity connectivity, int slabs)
    {
        var shape = new VolumeShape(depth, height, width);
        var mask = Phantom.Mask(shape, connectivity == Connectivity.Faces ? 0.4 : 0.15, 11);

        var components = Find(mask, shape, connectivity, slabs);
        var labels = Labels(components, shape);

        var (expected, count) = Flood(mask, shape, connectivity);
        Assert.Equal(count, components.Count);
        Assert.Equal(expected, labels);
        Assert.Equal(Enumerable.Range(1, count).Select(label => (long)expected.Count(value => value == label)), components.Sizes().Skip(1));
    }

    [Fact]
    public void Faces_and_marks_are_those_of_the_components_voxels()
    {
        var shape = new VolumeShape(3, 4, 8);
        var mask = new byte[shape.Count];
        mask[shape.Index(0, 1, 2)] = mask[shape.Index(1, 1, 2)] = mask[shape.Index(1, 2, 6)] = mask[shape.Index(1, 2, 7)] = 1;
        var marks = new byte[shape.Count];
        marks[shape.Index(1, 2, 7)] = 1;

        var components = Find(mask, shape, Connectivity.Faces, 2);

        Assert.Equal([VolumeFaces.None, VolumeFaces.ZLow, VolumeFaces.XHigh], components.Faces());
        Assert.Equal([false, false, true], components.Holding(marks));
        var kept = new byte[shape.Count];
        for (var slab = 0; slab < components.Slabs; slab++)
        {
            var (first, count) = components.Slices(slab);
            components.Write(slab, [false, false, true], kept.AsSpan(first * shape.Plane, count * shape.Plane));
        }

        Assert.Equal([shape.Index(1, 2, 6), shape.Index(1, 2, 7)], Enumerable.Range(0, shape.Count).Where(i => kept[i] != 0));
    }

    private static ConnectedComponents Find(byte[] mask, VolumeShape shape, Connectivity connectivity, int slabs)
    {
        var components = new ConnectedComponents(shape, connectivity, slabs);
        for (var slab = 0; slab < components.Slabs; slab++)
        {
            components.Find(mask, slab);
        }

        components.Join();
        return components;
    }

    private static int[] Labels(ConnectedComponents components, VolumeShape shape)
    {
        var labels = new int[shape.Count];
        for (var slab = 0; slab < components.Slabs; slab++)
        {
            var (first, count) = components.Slices(slab);
            components.Write(slab, labels.AsSpan(first * shape.Plane, count * shape.Plane));
        }

        return labels;
    }

    private static (int[] Labels, int Count) Flood(byte[] mask, VolumeShape shape, Connectivity connectivity)
    {
        var labels = new int[shape.Count];
        var count = 0;
        for (var seed = 0; seed < mask.Length; seed++)
        {
            if (mask[seed] == 0 || labels[seed] != 0)
            {
                continue;
            }

            labels[seed] = ++count;
            var queue = new Queue<int>([seed]);
            while (queue.TryDequeue(out var at))
            {
                for (var n = 0; n < 27; n++)
                {
                    var (dz, dy, dx) = ((n / 9) - 1, (n / 3 % 3) - 1, (n % 3) - 1);
                    var (z, y, x) = ((at / shape.Plane) + dz, (at / shape.Width % shape.Height) + dy, (at % shape.Width) + dx);
                    if (Math.Abs(dz) + Math.Abs(dy) + Math.Abs(dx) <= (int)connectivity + 1
                        && z >= 0 && y >= 0 && x >= 0 && z < shape.Depth && y < shape.Height && x < shape.Width
                        && mask[shape.Index(z, y, x)] != 0 && labels[shape.Index(z, y, x)] == 0)
                    {
                        labels[shape.Index(z, y, x)] = count;
                        queue.Enqueue(shape.Index(z, y, x));
                    }
                }
            }
        }

        return (labels, count);
    }
}
