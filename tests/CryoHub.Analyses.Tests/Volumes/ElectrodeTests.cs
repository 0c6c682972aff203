using System.Globalization;
using CryoHub.Analyses.VolumeMeasure;
using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;
using CryoHub.TestKit;

namespace CryoHub.Analyses.Tests.Volumes;

/// <summary>The real electrode (256 x 256 x 256, three phases), with scipy's sparse solver as the oracle for diffusion.</summary>
public sealed class ElectrodeTests
{
    private const int Size = 256;
    private static readonly VolumeMeasureParameters Quick = new() { Tortuosity = TortuosityAxes.None, Skeleton = false, Uncertainty = false, Meshes = [], Objects = false };

    [Fact]
    public async Task Its_phases_have_the_published_volume_fractions()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var python = new Python();
        var signal = await ReadAsync(python);

        var results = await Run.Async(new VolumeMeasure.VolumeMeasure(), signal, Quick with { Phases = [170] });

        Assert.Equal(0.44992, results.Numbers["Volume fraction, phase 0"].Value, 5e-6);
        Assert.Equal(0.40047, results.Numbers["Volume fraction, phase 85"].Value, 5e-6);
        Assert.Equal(0.14962, results.Numbers["Volume fraction, phase 170"].Value, 5e-6);
        Assert.Equal(0.44992, results.Numbers["Porosity"].Value, 5e-6);
    }

    [Fact]
    public async Task Diffusion_through_a_crop_equals_a_sparse_solve()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var python = new Python();
        var signal = await ReadAsync(python);
        var box = new VolumeBox { X = 60, Y = 70, Z = 80, Width = 64, Height = 64, Depth = 64 };

        var results = await Run.Async(new VolumeMeasure.VolumeMeasure(), signal, Quick with { Box = box, Tortuosity = TortuosityAxes.All });

        var output = await python.RunAsync(
            """
            from scipy import ndimage, sparse
            from scipy.sparse.linalg import cg, LinearOperator
            crop = give("electrode", np.uint8, 256, 256, 256)[80:144, 70:134, 60:124]
            for phase in (0, 85, 170):
                for axis in (0, 1, 2):
                    mask = np.moveaxis(crop == phase, axis, 0)
                    labels, _ = ndimage.label(mask)
                    mask = np.isin(labels, np.setdiff1d(np.intersect1d(labels[0], labels[-1]), [0]))
                    index = np.where(mask, np.cumsum(mask.ravel()).reshape(mask.shape) - 1, -1)
                    n = mask.sum()
                    if n == 0:
                        print(phase, axis, "nan")
                        continue
                    rows, columns = [], []
                    for d in range(3):
                        a, b = np.moveaxis(index, d, 0)[:-1].ravel(), np.moveaxis(index, d, 0)[1:].ravel()
                        both = (a >= 0) & (b >= 0)
                        rows += [a[both], b[both]]
                        columns += [b[both], a[both]]
                    rows, columns = np.concatenate(rows), np.concatenate(columns)
                    low, high = index[0][index[0] >= 0], index[-1][index[-1] >= 0]
                    diagonal = np.bincount(rows, minlength=n).astype(float)
                    diagonal[low] += 2   # the faces lie half a voxel beyond the outer voxels
                    diagonal[high] += 2
                    matrix = sparse.diags(diagonal) - sparse.csr_matrix((np.ones(rows.size), (rows, columns)), shape=(n, n))
                    right = np.zeros(n)
                    right[low] = 2
                    solution, info = cg(matrix, right, tol=1e-6, maxiter=20000, M=sparse.diags(1 / diagonal))
                    assert info == 0
                    flux = (2 * (1 - solution[low])).sum()
                    print(phase, axis, (crop == phase).mean() / (flux * 64 / 64 ** 2))
            """);
        foreach (var words in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
        {
            var expected = double.Parse(words[2], CultureInfo.InvariantCulture);
            var found = results.Numbers[$"Tortuosity along {"zyx"[int.Parse(words[1], CultureInfo.InvariantCulture)]}, phase {words[0]}"].Value;
            Assert.True(double.IsNaN(expected) ? double.IsNaN(found) : Math.Abs(found - expected) < 3e-3 * expected, $"{found} instead of {words[2]}, phase {words[0]}, axis {words[1]}"); // wanted: 1 %
        }
    }

    /// <summary>The raw labels; scikit-image reads the file here, as analyses know no formats.</summary>
    private static async Task<ArraySignal> ReadAsync(Python python)
    {
        await python.RunAsync($"import skimage.io\ntake('electrode', skimage.io.imread({'"' + SharedData.PathOf("tiff/electrode.tiff") + '"'}, plugin='tifffile'))");
        return LabelPhantom.Of(new VolumeShape(Size, Size, Size), python.Take<byte>("electrode"), "");
    }
}
