using CryoHub.Numerics.Volumes;

namespace CryoHub.Numerics.Tests.Volumes;

public sealed class StructureTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.5, 3)]
    public void Local_thickness_equals_trying_every_ball(double z, int slabs)
    {
        var shape = new VolumeShape(9, 14, 19);
        var size = new VoxelSize(z, 1, 0.8);
        var mask = Phantom.Mask(shape, 0.96, 3);
        var distance = new float[shape.Count];
        EuclideanDistance.AlongZ(mask, shape, size.Z, 0, shape.Height, distance);
        EuclideanDistance.Planes(distance, shape, size, roots: true);

        var radii = new float[shape.Count];
        var ridge = Enumerable.Range(0, slabs).SelectMany(slab => LocalThickness.Ridge(distance, shape, size, 9 * slab / slabs, 9 / slabs)).ToArray();
        for (var slab = 0; slab < slabs; slab++)
        {
            var (first, count) = (9 * slab / slabs, 9 / slabs);
            LocalThickness.Paint(distance, shape, size, ridge, first, count, radii.AsSpan(first * shape.Plane, count * shape.Plane));
        }

        var centres = Enumerable.Range(0, shape.Count).Where(i => mask[i] != 0).ToArray();
        for (var i = 0; i < radii.Length; i++)
        {
            var expected = centres.Where(c => Between(shape, size, i, c) < distance[c] - 1e-5).Select(c => distance[c]).DefaultIfEmpty(0).Max();
            Assert.Equal(mask[i] == 0 ? 0 : expected, mask[i] == 0 ? 0 : radii[i], 1e-4);
        }
    }

    [Fact]
    public void Chords_are_counted_where_both_ends_are_seen()
    {
        byte[] line = [1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 0, 1];
        var counts = ChordLengths.Count(line, new VolumeShape(1, 1, 13), 2);
        Assert.Equal(counts, ChordLengths.Count(line, new VolumeShape(13, 1, 1), 0));
        Assert.Equal(counts, ChordLengths.Count(line, new VolumeShape(1, 13, 1), 1));

        Assert.Equal([0L, 2, 0, 1], counts[..4]);
        Assert.Equal(3, counts.Sum());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Otsu_parts_as_trying_every_threshold_does(int classes)
    {
        var random = new Random(classes);
        long[] counts = [.. Enumerable.Range(0, 32).Select(bin => (long)random.Next(20) * (bin % 7))];

        var bins = Otsu.Bins(counts, classes);

        var best = Choices(31, classes - 1).MaxBy(cuts => Between(counts, cuts))!;
        Assert.Equal(Between(counts, best), Between(counts, bins), 1e-9);
    }

    [Fact]
    public void Otsu_needs_as_many_values_as_classes() => Assert.Contains("3 classes need as many different values; there are 2.", Assert.Throws<ArgumentException>(() => Otsu.Bins([1, 0, 5], 3)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_watershed_takes_the_lowest_and_oldest_shore_first()
    {
        var shape = new VolumeShape(6, 9, 11);
        var random = new Random(8);
        ushort[] landscape = [.. Enumerable.Range(0, shape.Count).Select(_ => (ushort)random.Next(40))];
        var mask = Phantom.Mask(shape, 0.85, 2);
        var labels = new int[shape.Count];
        (labels[3], labels[200], labels[400], labels[500]) = (1, 2, 3, 4);
        var expected = Slow(landscape, mask, shape, (int[])labels.Clone());

        Watershed.Flood(landscape, mask, shape, labels);

        Assert.Equal(expected, labels);
    }

    private static int[] Slow(ushort[] landscape, byte[] mask, VolumeShape shape, int[] labels)
    {
        var shore = new PriorityQueue<int, (int, int)>();
        var age = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = mask[i] == 0 ? 0 : labels[i];
            if (labels[i] != 0)
            {
                shore.Enqueue(i, (landscape[i], age++));
            }
        }

        (int, int, int)[] steps = [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (0, 0, 1), (0, 1, 0), (1, 0, 0)];
        while (shore.TryDequeue(out var at, out _))
        {
            foreach (var (dz, dy, dx) in steps)
            {
                var (z, y, x) = ((at / shape.Plane) + dz, (at / shape.Width % shape.Height) + dy, (at % shape.Width) + dx);
                if (z < 0 || y < 0 || x < 0 || z >= shape.Depth || y >= shape.Height || x >= shape.Width)
                {
                    continue;
                }

                var next = shape.Index(z, y, x);
                if (mask[next] != 0 && labels[next] == 0)
                {
                    labels[next] = labels[at];
                    shore.Enqueue(next, (landscape[next], age++));
                }
            }
        }

        return labels;
    }

    private static double Between(long[] counts, int[] lastBins)
    {
        var (sum, start) = (0.0, 0);
        foreach (var last in lastBins.Append(counts.Length - 1))
        {
            var part = Enumerable.Range(start, last - start + 1).ToArray();
            var (weight, moment) = (part.Sum(bin => (double)counts[bin]), part.Sum(bin => (double)counts[bin] * bin));
            sum += weight > 0 ? moment * moment / weight : 0;
            start = last + 1;
        }

        return sum;
    }

    private static IEnumerable<int[]> Choices(int bins, int count) =>
        count == 0 ? [[]] : Enumerable.Range(0, bins).SelectMany(last => Choices(last, count - 1).Select(before => (int[])[.. before, last]));

    private static double Between(VolumeShape shape, VoxelSize size, int i, int j) => Math.Sqrt(
        Math.Pow(size.Z * ((i / shape.Plane) - (j / shape.Plane)), 2)
        + Math.Pow(size.Y * ((i / shape.Width % shape.Height) - (j / shape.Width % shape.Height)), 2)
        + Math.Pow(size.X * ((i % shape.Width) - (j % shape.Width)), 2));
}
