using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>Counts of the low-loss spectra up to the width of each signal window, zero loss included: what a cross section multiplies.</summary>
internal sealed class LowLossCounts
{
    private readonly SpectrumCube cube;
    private readonly ChannelRange[] windows;
    private readonly double ratio;
    private readonly float[][] counts;

    /// <exception cref="ProblemException">Other pixels than the core loss, or the zero loss or a window's end lies outside.</exception>
    public LowLossCounts(string title, ISignal signal, SpectrumCube core, EdgeYield[] edges, double ratio)
    {
        cube = new SpectrumCube(title, signal);
        this.ratio = ratio;
        if (cube.Rows != core.Rows || cube.Columns != core.Columns)
        {
            throw ProblemException.Invalid($"Core loss and low loss need the same pixels; \"{core.Header.Name}\" has {core.Columns} x {core.Rows}, \"{cube.Header.Name}\" {cube.Columns} x {cube.Rows}.");
        }

        if (cube.Scale.Lowest >= 0 || cube.Scale.Highest <= edges.Max(edge => edge.Width))
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"The low loss must cover the zero-loss peak and reach {edges.Max(edge => edge.Width):0.#} eV, the widest signal window; \"{cube.Header.Name}\" covers {cube.Scale.Lowest:0.#} to {cube.Scale.Highest:0.#} eV."));
        }

        windows = [.. edges.Select(edge => cube.Scale.Window(cube.Scale.Lowest, edge.Width))];
        counts = [.. edges.Select(_ => new float[cube.Pixels])];
    }

    public Task ReadAsync(AnalysisRun run, RunShare share, CancellationToken ct) => cube.ReadAsync(run, share, (row, spectra) =>
    {
        for (var x = 0; x < cube.Columns; x++)
        {
            for (var e = 0; e < windows.Length; e++)
            {
                counts[e][(row * cube.Columns) + x] = (float)(ratio * WindowSums.Of(spectra.Slice((x * cube.Channels) + windows[e].First, windows[e].Count)));
            }
        }
    }, ct);

    /// <summary>Counts of one pixel for one edge; NaN where they are not positive.</summary>
    public double Of(int edge, int pixel) => counts[edge][pixel] is > 0 and var count && float.IsFinite(count) ? count : double.NaN;
}
