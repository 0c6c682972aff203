using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using CryoHub.Numerics.Fitting;

namespace CryoHub.Analyses.Annotated;

/// <summary>Sizes of crystallites or nuclei from labels or outlines, free of the border's bias, and how much of the layer is crystalline.</summary>
public sealed class Crystallites : Analysis<CrystallitesParameters>
{
    private const long MostBytes = 256 << 20; // of a file of shapes

    private static readonly SignalKind[] Pictures = [SignalKind.Image, SignalKind.ImageStack, SignalKind.Volume, SignalKind.Photo];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "crystallites",
        1,
        "Crystallites",
        "Areas and equivalent diameters of crystallites or nuclei from a label image or outlines, with their distribution, mean and standard error, those cut by the border accounted for, and the crystalline fraction.",
        [
            new AnalysisInput("labels", Pictures, Required: false),
            new AnalysisInput("shapes", [SignalKind.Document], Required: false),
            new AnalysisInput("signal", Pictures, Required: false),
        ],
        typeof(CrystallitesParameters),
        [
            "Miles, J. Microsc. 100 (1974) 227, doi:10.1111/j.1365-2818.1974.tb03931.x (edge effects)",
            "Chiu, Stoyan, Kendall and Mecke, Stochastic Geometry and its Applications, 3rd ed. (2013), doi:10.1002/9781118658222 (minus sampling, Poisson processes)",
        ])
    {
        Formula =
        [
            "Equivalent diameter = 2 sqrt(area / pi).",
            "A crystallite that touches the border has no known size and is left out of the sizes; each one seen whole counts W H / ((W - w)(H - h)) times, with w x h its box in the picture of W x H: large ones are less often whole.",
            "u(mean)^2 = sum of weight^2 (value - mean)^2 / (sum of weights)^2, widened by Student's t at 68 % for few crystallites.",
            "Crystalline fraction = their area, truncated ones included, over that of crystallites and matrix; its uncertainty (1 - f) sqrt(sum of area^2) / whole, as for crystallites placed independently.",
        ],
        Limits =
        [
            "A section or projection: diameters of a section are smaller than those of the bodies, and crystallites may hide behind one another.",
            "Connected parts that touch count as one; number them, or draw outlines.",
            "Outlines that reach beyond the picture count with the whole drawn area.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, CrystallitesParameters parameters, CancellationToken ct)
    {
        var (labels, shapes, picture) = DrawnInputs.Of(run, Info);
        var scale = PixelScale.Of(picture, parameters.Pixel, run.Results);
        var size = picture is null ? ((int Width, int Height)?)null : ((int)picture.Axes[^1].Size, (int)picture.Axes[^2].Size);
        double? whole = size is { } all ? (double)all.Width * all.Height : null;
        List<Crystallite> found;
        if (labels is not null)
        {
            var frame = await LabelFrame.ReadAsync(labels, parameters.Frame, ct);
            bool Wanted(int label) => parameters.Crystalline.Count > 0 ? parameters.Crystalline.Contains(label) : label > 0 && !parameters.Matrix.Contains(label);
            if (parameters.Matrix.Count > 0)
            {
                whole = frame.Labels.Count(label => Wanted(label) || parameters.Matrix.Contains(label));
            }

            found = Crystallite.OfLabels(frame, Wanted, parameters.Numbered);
        }
        else
        {
            var read = GeoJsonShapes.Read(await DocumentBytes.ReadAsync(shapes!, "A file of shapes", MostBytes, ct), shapes!.Header.Name);
            found = [.. read.Where(shape => shape.IsOn(parameters.Frame) && shape.Geometry.IsArea && (parameters.Class.Length == 0 || shape.Class == parameters.Class)).Select(shape => Crystallite.OfShape(shape.Geometry, size))];
            if (size is null)
            {
                run.Results.Warn("Without the picture (input \"signal\") nobody knows which outlines its border cuts: all count as whole, and there is no crystalline fraction.");
            }
        }

        if (found.Count == 0)
        {
            throw ProblemException.Invalid($"There are no crystallites in frame {parameters.Frame}: no {(labels is not null ? $"label {(parameters.Crystalline.Count > 0 ? string.Join(", ", parameters.Crystalline) : "above 0")}" : $"outline of the class \"{parameters.Class}\"")}.");
        }

        Write(run.Results, found, size, whole, scale, parameters);
    }

    private static void Write(IResultSink results, List<Crystallite> found, (int Width, int Height)? picture, double? whole, PixelScale scale, CrystallitesParameters parameters)
    {
        var area = scale.X * scale.Y;
        var calibration = parameters.PixelUncertainty / 100;
        var counted = found.Where(item => item.Area >= parameters.Smallest).ToArray();
        var sized = counted.Where(item => !item.Truncated).ToArray();
        results.Number("Crystallites", counted.Length, "");
        results.Number("Crystallites cut by the border", counted.Length - sized.Length, "");
        if (whole is { } domain and > 0)
        {
            var fraction = found.Sum(item => item.Area) / domain;
            results.Number("Crystalline fraction", fraction, "", Math.Max(0, 1 - fraction) * Math.Sqrt(found.Sum(item => item.Area * item.Area)) / domain);
        }

        double[] weights = [.. sized.Select(item => item.Weight(picture))];
        double[] diameters = [.. sized.Select(item => Diameter(item, area))];
        if (sized.Length == 0)
        {
            results.Warn($"All {counted.Length} crystallites touch the border or are below {parameters.Smallest} px: their sizes are not known.");
        }
        else
        {
            var (mean, error) = Mean(diameters, weights);
            results.Number("Equivalent diameter, mean", mean, scale.Unit, double.Hypot(error, mean * calibration));
            results.Number("Equivalent diameter, standard deviation", Math.Sqrt(diameters.Zip(weights, (d, w) => w * (d - mean) * (d - mean)).Sum() / weights.Sum()), scale.Unit);
            var (meanArea, areaError) = Mean([.. sized.Select(item => item.Area * area)], weights);
            results.Number("Area, mean", meanArea, scale.Unit + "^2", double.Hypot(areaError, 2 * meanArea * calibration));
            foreach (var (share, name) in new[] { (0.1, "10 %"), (0.5, "median"), (0.9, "90 %") })
            {
                results.Number($"Equivalent diameter, {name}", Percentile(diameters, weights, share), scale.Unit);
            }

            Histogram(results, diameters, weights, scale);
        }

        results.Table("Crystallites", [
            new Column("x", "px", [.. counted.Select(item => (object)item.X)]),
            new Column("y", "px", [.. counted.Select(item => (object)item.Y)]),
            new Column("Area", scale.Unit + "^2", [.. counted.Select(item => (object)(item.Area * area))]),
            new Column("Equivalent diameter", scale.Unit, [.. counted.Select(item => (object)Diameter(item, area))]),
            new Column("Cut by the border", "", [.. counted.Select(item => (object)(item.Truncated ? "yes" : "no"))]),
            new Column("Counts as", "", [.. counted.Select(item => (object)item.Weight(picture))]),
        ]);
    }

    private static double Diameter(Crystallite item, double pixelArea) => 2 * Math.Sqrt(item.Area * pixelArea / Math.PI);

    private static (double Mean, double Error) Mean(double[] values, double[] weights)
    {
        var sum = weights.Sum();
        var mean = values.Zip(weights, (value, weight) => weight * value).Sum() / sum;
        var squares = values.Zip(weights, (value, weight) => weight * weight * (value - mean) * (value - mean)).Sum();
        var n = values.Length;
        return (mean, n > 1 ? StudentFactor.Of(n - 1) * Math.Sqrt(squares * n / (n - 1)) / sum : double.NaN);
    }

    private static double Percentile(double[] values, double[] weights, double share)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var (wanted, below) = (share * weights.Sum(), 0.0);
        foreach (var i in order)
        {
            below += weights[i];
            if (below >= wanted)
            {
                return values[i];
            }
        }

        return values[order[^1]];
    }

    private static void Histogram(IResultSink results, double[] diameters, double[] weights, PixelScale scale)
    {
        var (low, high) = (diameters.Min(), diameters.Max());
        var bins = Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(diameters.Length)), 1, 100); // Rice's rule
        var width = Math.Max(scale.Mean, (high - low) / bins);
        var (shares, squares) = (new double[(int)((high - low) / width) + 1], new double[(int)((high - low) / width) + 1]);
        for (var i = 0; i < diameters.Length; i++)
        {
            var bin = Math.Min(shares.Length - 1, (int)((diameters[i] - low) / width));
            shares[bin] += weights[i] / weights.Sum();
            squares[bin] += weights[i] * weights[i] / (weights.Sum() * weights.Sum());
        }

        results.Curve("Distribution of equivalent diameters", [.. shares.Select((_, i) => low + ((i + 0.5) * width))], shares, scale.Unit, "", [.. squares.Select(Math.Sqrt)]);
    }
}
