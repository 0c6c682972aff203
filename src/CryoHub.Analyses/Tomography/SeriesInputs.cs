using CryoHub.Analyses.Tomography.Alignment;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tomography;

/// <summary>Angles and an alignment that lie in files of their own: with them a raw series is read as if it held both.</summary>
internal static class SeriesInputs
{
    /// <summary>What a tomogram takes besides its series.</summary>
    public static readonly AnalysisInput[] All = [new("angles", [SignalKind.Table], Required: false), new("transforms", [SignalKind.Model], Required: false)];

    /// <summary>The run with its series read through the inputs "angles" and "transforms", which then are done with.</summary>
    /// <param name="run">The run.</param>
    /// <param name="info">The analysis, for its words.</param>
    /// <param name="parameters">Angles that are stated here come first, as everywhere.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<AnalysisRun> JoinedAsync(AnalysisRun run, AnalysisInfo info, TomogramWbpParameters parameters, CancellationToken ct)
    {
        if (!All.Any(input => run.Inputs.ContainsKey(input.Role)))
        {
            return run;
        }

        var series = run.Input(info, "signal");
        if (series.Header.Axes.Count != 3)
        {
            return run; // the plan says what is wrong
        }

        var views = series.Header.Axes[0].Size;
        if (run.Inputs.ContainsKey("angles") && parameters.Angles.Count == 0)
        {
            series = WithAngles(series, await SeriesTables.AnglesAsync(run.Input(info, "angles"), views, ct));
        }

        if (run.Inputs.ContainsKey("transforms"))
        {
            var angles = TiltAngles.Of(series.Header.Axes[0], parameters.Angles, 0, "A tomogram");
            var poses = await SeriesTables.PosesAsync(run.Input(info, "transforms"), angles, ct);
            if (parameters.TiltAxis is { } axis and not 0)
            {
                throw ProblemException.Invalid($"The transforms lay the tilt axis upright, yet a tilt axis of {axis:0.##} deg is given: leave it empty.");
            }

            series = new AlignedSeries(series, [.. Enumerable.Range(0, angles.Length)], poses, angles);
        }

        var inputs = run.Inputs.Where(input => !Array.Exists(All, other => other.Role == input.Key)).ToDictionary();
        inputs["signal"] = series;
        return run with { Inputs = inputs };
    }

    /// <summary>The header of such a series as an estimate needs it: how many views there are is known, their angles nobody has read.</summary>
    public static SignalHeader Sized(SignalHeader header, IReadOnlyDictionary<string, SignalHeader> inputs) =>
        inputs.ContainsKey("angles") && header.Axes.Count == 3 ? header with { Axes = [Tilts(header.Axes[0], null), .. header.Axes.Skip(1)] } : header;

    private static ReadSignal WithAngles(ISignal series, IReadOnlyList<double> angles) =>
        new(series.Header with { Axes = [Tilts(series.Header.Axes[0], angles), .. series.Header.Axes.Skip(1)] }, series.ReadFrameAsync);

    private static Axis Tilts(Axis views, IReadOnlyList<double>? angles) => new("tilt", views.Size, "deg", AxisRole.Tilt, Values: angles);

    private sealed class ReadSignal(SignalHeader header, Func<long, Memory<byte>, CancellationToken, ValueTask> read) : ISignal
    {
        public SignalHeader Header => header;

        public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct) => read(frame, destination, ct);
    }
}
