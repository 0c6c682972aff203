using CryoHub.Analyses.PixelClassifier;
using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Learning;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Benchmarks.Cases;

/// <summary>The pixel classifier on a picture of 1024 x 1024: three kinds of texture, five scales, 20 features; the peers get a picture made alike.</summary>
internal static class ClassifierCases
{
    private const int Size = 1024;
    private const int Training = 20_000;
    private const int Trees = 100;

    private static readonly FeatureSet Set = new([1, 2, 4, 8, 16], [FeatureKind.Gaussian, FeatureKind.GradientMagnitude, FeatureKind.Hessian], threeDimensional: false);
    private static readonly ParallelOptions Options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    public static IEnumerable<Benchmark> Benchmarks =>
    [
        new("features", "20 features of 1024 x 1024", () =>
        {
            var (block, target, grey) = (new FeatureBlock(Set, Shape, 1, Options), new Kept(), Picture().Grey);
            return () => block.Compute(grey, target);
        }, "scikit-image multiscale_basic_features"),
        new("forest-fit", "forest of 100 trees on 20,000 pixels x 20", () =>
        {
            var (values, classes) = TrainingValues(Features(), Picture().Classes);
            return () => ForestFit.Of(values, classes, 3, Trees, 1, Options);
        }, "scikit-learn RandomForestClassifier.fit"),
        new("forest-predict", "prediction of 1024 x 1024 x 20 by 100 trees", () =>
        {
            var features = Features();
            var (values, classes) = TrainingValues(features, Picture().Classes);
            var (forest, bins) = ForestFit.Of(values, classes, 3, Trees, 1, Options);
            var probabilities = new float[Shape.Count * 3];
            return () => Predict(forest, bins, features, probabilities);
        }, "scikit-learn RandomForestClassifier.predict_proba"),
    ];

    private static VolumeShape Shape => new(1, Size, Size);

    /// <summary>Binning of the features and the trees, as a block of the analysis does.</summary>
    private static void Predict(RandomForest forest, FeatureBins bins, float[][] features, float[] probabilities)
    {
        var bytes = new byte[Shape.Count * features.Length];
        Parallel.For(0, Size, Options, row =>
        {
            var part = bytes.AsSpan(row * Size * features.Length, Size * features.Length);
            for (var f = 0; f < features.Length; f++)
            {
                bins.Write(f, features[f].AsSpan(row * Size, Size), part[f..], features.Length);
            }

            forest.Predict(part, probabilities.AsSpan(row * Size * 3, Size * 3));
        });
    }

    private static float[][] Features()
    {
        var target = new Kept();
        new FeatureBlock(Set, Shape, 1, Options).Compute(Picture().Grey, target);
        return target.Planes;
    }

    private static (float[] Values, byte[] Classes) TrainingValues(float[][] features, byte[] classes)
    {
        var random = new Random(2);
        int[] chosen = [.. Enumerable.Range(0, Training).Select(_ => random.Next(Shape.Count))];
        return ([.. features.SelectMany(plane => chosen.Select(i => plane[i]))], [.. chosen.Select(i => classes[i])]);
    }

    /// <summary>Noise of three grains and brightnesses, in regions that smoothed noise decides.</summary>
    private static (float[] Grey, byte[] Classes) Picture()
    {
        var work = new VolumeWork(Shape, Options);
        var random = new Random(1);
        float[] Noise(double sigma)
        {
            var smooth = work.Gaussian([.. Enumerable.Range(0, Shape.Count).Select(_ => random.NextSingle() - 0.5f)], sigma);
            var deviation = (float)Math.Sqrt(smooth.Average(value => (double)value * value));
            return [.. smooth.Select(value => value / deviation)];
        }

        var (place, fine, coarse, white) = (Noise(24), Noise(1), Noise(4), Noise(0));
        byte[] classes = [.. place.Select(value => value < -0.4 ? (byte)0 : value < 0.4 ? (byte)1 : (byte)2)];
        return ([.. classes.Select((kind, i) => (0.3f * kind) + (kind == 1 ? coarse[i] : fine[i]) + white[i])], classes);
    }

    /// <summary>Keeps all features, as the peer does.</summary>
    private sealed class Kept : IFeatureTarget
    {
        public float[][] Planes { get; } = [.. Set.Features.Select(_ => new float[Shape.Count])];

        public float[] Plane(int feature) => Planes[feature];

        public void Done(int feature)
        {
        }
    }
}
