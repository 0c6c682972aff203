using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>The low loss of all pixels: its mean, and the counts of each.</summary>
internal sealed class ModelLowLoss
{
    private readonly double[][] rows;

    /// <exception cref="ProblemException">Other pixels than the core loss, or no zero loss inside.</exception>
    public ModelLowLoss(string title, ISignal signal, SpectrumCube core)
    {
        Signal = signal;
        Cube = new SpectrumCube(title, signal);
        if (Cube.Rows != core.Rows || Cube.Columns != core.Columns)
        {
            throw ProblemException.Invalid($"Core loss and low loss need the same pixels; \"{core.Header.Name}\" has {core.Columns} x {core.Rows}, \"{Cube.Header.Name}\" {Cube.Columns} x {Cube.Rows}.");
        }

        if (Cube.Scale.Lowest >= 0 || Cube.Scale.Highest <= 0)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"The low loss must cover the zero-loss peak; \"{Cube.Header.Name}\" covers {Cube.Scale.Lowest:0.#} to {Cube.Scale.Highest:0.#} eV."));
        }

        Counts = new float[Cube.Pixels];
        rows = [.. Enumerable.Range(0, Cube.Rows).Select(_ => new double[Cube.Channels])];
    }

    public ISignal Signal { get; }

    public SpectrumCube Cube { get; }

    /// <summary>Counts of each pixel; NaN where they are not positive.</summary>
    public float[] Counts { get; }

    public async Task ReadAsync(AnalysisRun run, RunShare share, CancellationToken ct) => await Cube.ReadAsync(run, share, (row, spectra) =>
    {
        for (var x = 0; x < Cube.Columns; x++)
        {
            var spectrum = spectra.Slice(x * Cube.Channels, Cube.Channels);
            var sum = WindowSums.Of(spectrum);
            Counts[(row * Cube.Columns) + x] = sum > 0 && double.IsFinite(sum) ? (float)sum : float.NaN;
            if (sum > 0 && double.IsFinite(sum))
            {
                WindowSums.AddTo(rows[row], spectrum);
            }
        }
    }, ct);

    /// <summary>Mean spectrum of the pixels that have counts.</summary>
    /// <exception cref="ProblemException">None has.</exception>
    public float[] Mean()
    {
        var count = Counts.Count(float.IsFinite);
        return count > 0
            ? [.. Enumerable.Range(0, Cube.Channels).Select(channel => (float)(rows.Sum(row => row[channel]) / count))]
            : throw ProblemException.Invalid($"No pixel of the low loss \"{Cube.Header.Name}\" has counts.");
    }
}
