using System.Globalization;
using CryoHub.Analyses.Volumes;
using CryoHub.Analyses.VolumeSegment;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Tests.Volumes;

/// <summary>The kernels beside scikit-image and scipy on one volume of smoothed noise; one start of Python for all.</summary>
public sealed class ScikitImageTests
{
    private static readonly VolumeShape Shape = new(30, 36, 41);

    [Fact]
    public async Task Labels_distances_filters_watershed_and_surfaces_agree()
    {
        using var python = new Python();
        await python.RunAsync(
            """
            rng = np.random.default_rng(5)
            from scipy import ndimage as nd
            from skimage import measure, segmentation, filters, morphology
            shape = (30, 36, 41)
            grey = nd.gaussian_filter(rng.random(shape).astype(np.float32), 1.5)
            grey = ((grey - grey.min()) / np.ptp(grey)).astype(np.float32)
            mask = grey > 0.5
            take("grey", grey)
            for c in (1, 2, 3):
                take(f"label{c}", measure.label(mask, connectivity=c).astype(np.int32))
            take("edt", nd.distance_transform_edt(mask, sampling=(2.0, 1.0, 1.5)).astype(np.float32))
            take("gauss", nd.gaussian_filter(grey, 2).astype(np.float32))
            take("median", nd.median_filter(grey, 3).astype(np.float32))
            take("otsu", np.concatenate([[filters.threshold_otsu(grey)], filters.threshold_multiotsu(grey, 3)]).astype(np.float64))
            take("opened", morphology.binary_opening(np.pad(mask, 3, mode="edge"), morphology.ball(2))[3:-3, 3:-3, 3:-3].astype(np.uint8))
            take("eroded", morphology.binary_erosion(mask, morphology.ball(2)).astype(np.uint8))
            take("dilated", morphology.binary_dilation(mask, morphology.ball(2)).astype(np.uint8))
            take("filled", nd.binary_fill_holes(mask).astype(np.uint8))
            take("hysteresis", filters.apply_hysteresis_threshold(grey, 0.55, 0.7).astype(np.uint8))
            take("small", morphology.remove_small_objects(mask, 60, connectivity=1).astype(np.uint8))
            levels = (grey * 60000).astype(np.uint16)
            levels.ravel()[rng.permutation(levels.size)] = np.arange(levels.size)[np.argsort(np.argsort(levels.ravel()))] % 65536   # few ties
            markers = np.zeros(shape, np.int32)
            seeds = rng.choice(levels.size, 12, replace=False)
            markers.ravel()[seeds] = np.arange(1, 13)
            take("levels", levels)
            take("markers", markers)
            take("watershed", segmentation.watershed(levels.astype(np.int32), markers, mask=mask | (markers > 0)).astype(np.int32))
            seeds = np.where(grey < 0.35, 1, np.where(grey > 0.65, 2, 0))
            take("walker", segmentation.random_walker(grey, seeds, beta=130, mode="cg", tol=1e-6).astype(np.int32))
            verts, faces, _, _ = measure.marching_cubes(grey, 0.5)
            take("mesh", np.array([measure.mesh_surface_area(verts, faces)]))
            take("euler", np.array([float(measure.euler_number(mask, connectivity=3))]))
            """);
        var grey = python.Take<float>("grey");
        byte[] mask = [.. grey.Select(value => value > 0.5f ? (byte)1 : (byte)0)];
        var work = new VolumeWork(Shape, new ParallelOptions { MaxDegreeOfParallelism = 2 });

        foreach (var connectivity in Enum.GetValues<Connectivity>())
        {
            Assert.Equal(python.Take<int>($"label{(int)connectivity + 1}"), work.Labels(work.Components(mask, connectivity)));
        }

        Close(python.Take<float>("edt"), work.Distance(mask, new VoxelSize(2, 1, 1.5)), 1e-5);
        Close(python.Take<float>("gauss"), work.Gaussian(grey, 2), 1e-6);
        Assert.Equal(python.Take<float>("median"), work.Median(grey));
        var histogram = new GreyHistogram(grey);
        Assert.Equal(python.Take<double>("otsu"), [.. histogram.Otsu(2), .. histogram.Otsu(3)], (a, b) => Math.Abs(a - b) < 1e-6);
        Labels("eroded", new SegmentStep { Step = SegmentStepKind.Erosion, Radius = 2 });
        Labels("dilated", new SegmentStep { Step = SegmentStepKind.Dilation, Radius = 2 });
        Labels("filled", new SegmentStep { Step = SegmentStepKind.FillHoles });
        Labels("small", new SegmentStep { Step = SegmentStepKind.RemoveSmall, Voxels = 60 });
        Assert.Equal(python.Take<byte>("hysteresis"), Segmented(new SegmentStep { Step = SegmentStepKind.Hysteresis, Low = 0.55, High = 0.7 }).Select(value => (byte)value));
        var flooded = python.Take<int>("markers");
        Watershed.Flood(python.Take<ushort>("levels"), [.. mask.Zip(flooded, (inside, marker) => (byte)(marker > 0 ? 1 : inside))], Shape, flooded);
        Assert.Equal(python.Take<int>("watershed"), flooded);
        var walked = Segmented(new SegmentStep { Step = SegmentStepKind.RandomWalker, Low = 0.35, High = 0.65 });
        Assert.InRange(walked.Zip(python.Take<int>("walker"), (ours, theirs) => ours + 1 == theirs).Count(same => same) / (double)Shape.Count, 0.999, 1); // both stop iterating a little before one half is decided
        Assert.Equal(python.Take<double>("mesh")[0], work.Mesh(grey, VoxelSize.One, 0.5f).Area(), 0.005 * python.Take<double>("mesh")[0]); // ambiguous cells, of which this noise has many, are closed differently
        Assert.Equal(python.Take<double>("euler")[0], work.Euler(mask));

        void Labels(string name, SegmentStep step) =>
            Assert.Equal(python.Take<byte>(name), new LabelSteps(work).Do(step, [.. mask.Select(value => (int)value)]).Select(value => (byte)value));

        int[] Segmented(SegmentStep step)
        {
            var segmentation = new Segmentation(work, grey, TestContext.Current.CancellationToken);
            segmentation.Do(step, 1);
            return segmentation.Labels!;
        }
    }

    private static void Close(float[] expected, float[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        var worst = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst < tolerance, worst.ToString(CultureInfo.InvariantCulture));
    }
}
