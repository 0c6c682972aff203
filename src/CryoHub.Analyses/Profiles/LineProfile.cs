using CryoHub.Imaging;

namespace CryoHub.Analyses.Profiles;

/// <summary>Profiles of maps across an interface: where it is, how wide, how thick a layer is, how steep each map changes.</summary>
public sealed class LineProfile : Analysis<LineProfileParameters>
{
    private const double TenToNinety = 2.5631031310892007;   // widths of a Gaussian edge in sigmas
    private const double Confidence = 1.959963984540054;      // 95 %
    private const int LeastPoints = 10;

    private static readonly string[] Roles = ["signal", "map-2", "map-3", "map-4", "map-5", "map-6"];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "line-profile",
        2,
        "Line profile",
        "Draws up to six maps along a line across an interface and fits it: position and 10-90 % width of every edge, layer thicknesses and steepest gradients with uncertainty, fitted curve with its 95 % band.",
        [.. Roles.Select((role, i) => new AnalysisInput(role, [SignalKind.Image], Required: i == 0))],
        typeof(LineProfileParameters),
        ["Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed. (2011), doi:10.1007/978-1-4419-9583-4"])
    {
        Formula =
        [
            "y(x) = base + sum of height Phi((x - x0)/sigma), as many edges as the Bayesian information criterion asks for (each time by at least 10).",
            "10-90 % width = 2.563 sigma; thickness of a layer = distance of its edges, a rise and a fall; steepest gradient = height / (sigma sqrt(2 pi)).",
            "Each point is the mean of the stripe's pixels in a bin one pixel long; uncertainties come from the scatter about the fit, the band is 1.96 sigma of the fitted curve.",
        ],
        Limits =
        [
            "The width is that of the picture: beam, drift, tilt of the interface and pixels are in it.",
            "Gradients without a plateau are not in the model and come out as several edges: draw a shorter line.",
            "Neighbouring pixels count as independent; maps summed in boxes scatter less than they are uncertain.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, LineProfileParameters parameters, CancellationToken ct)
    {
        run.Input(Info, Roles[0]);
        var signals = Roles.Where(run.Inputs.ContainsKey).Select(role => run.Input(Info, role)).ToArray();
        var first = signals[0].Header;
        var (rows, columns) = (checked((int)first.Axes[0].Size), checked((int)first.Axes[1].Size));
        var different = signals.FirstOrDefault(signal => !signal.Header.Shape.SequenceEqual(first.Shape));
        if (different is not null)
        {
            throw ProblemException.Invalid($"Maps must have the same pixels: \"{first.Name}\" is {string.Join(" x ", first.Shape)}, \"{different.Header.Name}\" is {string.Join(" x ", different.Header.Shape)}.");
        }

        var line = parameters.Line ?? new ProfileLine { FromY = rows / 2, ToX = columns - 1, ToY = rows / 2, Width = Math.Max(1, rows / 4) };
        var bins = line.Bins(rows, columns);
        var axis = first.Axes[1];
        var (step, unit) = axis.IsCalibrated ? (axis.Step, axis.Unit) : (1, "px");
        var table = new List<ProfileRow>();
        for (var i = 0; i < signals.Length; i++)
        {
            run.Progress.Report(new Step((double)i / signals.Length, $"Profile of {signals[i].Header.Name}"));
            var map = new float[rows * columns];
            await signals[i].ReadAsync(0, map, ct);
            var name = signals.Take(i).Any(other => other.Header.Name == signals[i].Header.Name) ? $"{signals[i].Header.Name} ({i + 1})" : signals[i].Header.Name;
            table.AddRange(Profile(run.Results, name, signals[i].Header.ValueUnit, map, bins, step, unit));
        }

        run.Results.Table("Interfaces", [
            new Column("Map", "", [.. table.Select(row => (object)row.Map)]),
            new Column("Position", unit, [.. table.Select(row => (object)row.Position)]),
            new Column("Position uncertainty", unit, [.. table.Select(row => (object)row.PositionError)]),
            new Column("Width 10-90 %", unit, [.. table.Select(row => (object)row.Width)]),
            new Column("Width uncertainty", unit, [.. table.Select(row => (object)row.WidthError)]),
            new Column("Height", "", [.. table.Select(row => (object)row.Height)]),
            new Column("Height uncertainty", "", [.. table.Select(row => (object)row.HeightError)]),
        ]);
    }

    private static List<ProfileRow> Profile(IResultSink results, string name, string valueUnit, float[] map, int[] bins, double step, string unit)
    {
        var length = bins.Max() + 1;
        var (sums, squares, counts) = (new double[length], new double[length], new double[length]);
        for (var pixel = 0; pixel < map.Length; pixel++)
        {
            if (bins[pixel] >= 0 && float.IsFinite(map[pixel]))
            {
                counts[bins[pixel]]++;
                sums[bins[pixel]] += map[pixel];
                squares[bins[pixel]] += (double)map[pixel] * map[pixel];
            }
        }

        int[] used = [.. Enumerable.Range(0, length).Where(bin => counts[bin] > 0)];
        if (used.Length < LeastPoints)
        {
            throw ProblemException.Invalid($"The line holds {used.Length} points of \"{name}\" with a value; at least {LeastPoints} are needed. Draw a longer line, or one where the map has values.");
        }

        double[] x = [.. used.Select(bin => (double)bin)];
        double[] y = [.. used.Select(bin => sums[bin] / counts[bin])];
        double[] weights = [.. used.Select(bin => counts[bin])];
        double[] errors = [.. used.Select((bin, i) => counts[bin] > 1 ? Math.Sqrt(Math.Max(0, (squares[bin] / counts[bin]) - (y[i] * y[i])) / (counts[bin] - 1)) : double.NaN)];
        double[] positions = [.. x.Select(bin => bin * step)];
        results.Curve(name, positions, y, unit, valueUnit, errors);
        if (StepFit.Best(x, y, weights) is not { } fit)
        {
            results.Warn($"{name} shows no interface along the line: a constant describes it as well.");
            return [];
        }

        var fitted = x.Select(fit.At).ToArray();
        results.Curve($"{name}: fit with 95 % band", positions, [.. fitted.Select(point => point.Value)], unit, valueUnit, [.. fitted.Select(point => Confidence * point.Error)]);
        var rows = new List<ProfileRow>();
        for (var edge = 0; edge < fit.Edges; edge++)
        {
            var (height, centre, sigma) = (1 + (3 * edge), 2 + (3 * edge), 3 + (3 * edge));
            var p = fit.Parameters;
            rows.Add(new ProfileRow(name, p[centre] * step, fit.Error(centre) * step, TenToNinety * p[sigma] * step, TenToNinety * fit.Error(sigma) * step, p[height], fit.Error(height)));
            var label = fit.Edges == 1 ? name : $"{name}, edge {edge + 1}";
            results.Number($"{label}: position", p[centre] * step, unit, fit.Error(centre) * step);
            results.Number($"{label}: width 10-90 %", TenToNinety * p[sigma] * step, unit, TenToNinety * fit.Error(sigma) * step);
            var gradient = p[height] / (p[sigma] * Math.Sqrt(2 * Math.PI) * step);
            var relative = (fit.Covariance(height, height) / (p[height] * p[height])) + (fit.Covariance(sigma, sigma) / (p[sigma] * p[sigma])) - (2 * fit.Covariance(height, sigma) / (p[height] * p[sigma]));
            results.Number($"{label}: steepest gradient", gradient, $"{valueUnit}/{unit}", Math.Abs(gradient) * Math.Sqrt(Math.Max(0, relative)));
        }

        for (var edge = 1; edge < fit.Edges; edge++)
        {
            var (before, here) = ((3 * edge) - 1, (3 * edge) + 2);
            var variance = fit.Covariance(before, before) + fit.Covariance(here, here) - (2 * fit.Covariance(before, here));
            var isLayer = fit.Parameters[before - 1] * fit.Parameters[here - 1] < 0;
            var what = fit.Edges == 2 && isLayer ? "layer thickness" : $"{(isLayer ? "layer thickness" : "distance")}, edges {edge} to {edge + 1}";
            results.Number($"{name}: {what}", (fit.Parameters[here] - fit.Parameters[before]) * step, unit, Math.Sqrt(Math.Max(0, variance)) * step);
        }

        return rows;
    }
}
