using System.Buffers;
using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra;

/// <summary>
/// A spectrum, a line or an image of spectra with calibrated energies, read row by row: at most a row a thread, or two blocks of rows while new spectra are written,
/// is in memory, however large the whole is.
/// </summary>
internal sealed class SpectrumCube
{
    private const long BlockBytes = 16L << 20;

    private readonly ISignal signal;

    /// <exception cref="ProblemException">It has more than three axes, or no energies along the last.</exception>
    public SpectrumCube(string title, ISignal signal)
    {
        this.signal = signal;
        Scale = ScaleOf(title, signal.Header);
        Columns = Header.Axes.Count > 1 ? (int)Header.Axes[^2].Size : 1;
        Rows = Header.Axes.Count > 2 ? (int)Header.Axes[0].Size : 1;
    }

    public SignalHeader Header => signal.Header;

    public EnergyScale Scale { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int Pixels => Rows * Columns;

    public int Channels => Scale.Channels;

    /// <summary>eV from one channel to the next.</summary>
    public double Step => Scale.At(1) - Scale.At(0);

    /// <summary>The energies along the last axis of <paramref name="header"/>.</summary>
    /// <exception cref="ProblemException">It has more than three axes, or no energies along the last.</exception>
    public static EnergyScale ScaleOf(string title, SignalHeader header)
    {
        if (header.Axes.Count is 0 or > 3)
        {
            throw ProblemException.Invalid($"{title} takes a spectrum, a line or an image of spectra ([y, x, energy]); \"{header.Name}\" has {header.Axes.Count} axes: {string.Join(" x ", header.Shape)}.");
        }

        var scale = new EnergyScale(header.Axes[^1]);
        return scale.IsCalibrated
            ? scale
            : throw ProblemException.Invalid($"{title} needs energies; the axis \"{header.Axes[^1].Name}\" of \"{header.Name}\" ({scale.Channels} channels) states no unit, where eV, keV or meV was expected.");
    }

    /// <summary>Bytes held while spectra of <paramref name="channels"/> channels are written.</summary>
    public static long MemoryBytes(SignalHeader header, int channels)
    {
        var columns = header.Axes.Count > 1 ? header.Axes[^2].Size : 1;
        var row = sizeof(float) * columns * channels;
        return (Environment.ProcessorCount * 2 * sizeof(float) * header.FramePixels) + (2 * Math.Max(BlockBytes, Environment.ProcessorCount * row));
    }

    /// <summary>The header of new spectra at the same pixels.</summary>
    public SignalHeader With(string name, int channels, double originEv) => new(
        name,
        Header.Kind,
        PixelType.Float32,
        [.. Header.Axes.Take(Header.Axes.Count - 1), new Axis(Header.Axes[^1].Name, channels, "eV", AxisRole.Energy, Step, originEv)],
        Header.Metadata,
        MetadataTree.Empty)
    {
        ValueUnit = Header.ValueUnit,
    };

    /// <summary>Shows every row of spectra to <paramref name="work"/>.</summary>
    public async Task ReadAsync(AnalysisRun run, RunShare share, SpectraWork work, CancellationToken ct)
    {
        var done = 0;
        await Parallel.ForAsync(0, Rows, run.Parallel(ct), async (row, token) =>
        {
            var rented = ArrayPool<float>.Shared.Rent(Columns * Channels);
            try
            {
                var spectra = rented.AsMemory(0, Columns * Channels);
                await signal.ReadAsync(row, spectra, token);
                work(row, spectra.Span);
            }
            finally
            {
                ArrayPool<float>.Shared.Return(rented);
            }

            run.Progress.Report(share.At((double)Interlocked.Increment(ref done) / Rows));
        });
    }

    /// <summary>Reads one row of spectra.</summary>
    public ValueTask ReadRowAsync(int row, Memory<float> spectra, CancellationToken ct) => signal.ReadAsync(row, spectra, ct);

    /// <summary>Writes the spectra that <paramref name="work"/> makes of every row to <paramref name="output"/>, in order; a block is written while the next is calculated.</summary>
    public Task RewriteAsync(AnalysisRun run, RunShare share, int channels, SpectraRewrite work, Func<int, ReadOnlyMemory<byte>, Task> output, CancellationToken ct) =>
        RewriteAsync(run, share, channels, null, work, output, ct);

    /// <summary>As above, with the spectra of a second input.</summary>
    public async Task RewriteAsync(AnalysisRun run, RunShare share, int channels, CompanionSpectra? companion, SpectraRewrite work, Func<int, ReadOnlyMemory<byte>, Task> output, CancellationToken ct)
    {
        var rowFloats = Columns * channels;
        var blockRows = (int)Math.Clamp(BlockBytes / ((long)sizeof(float) * rowFloats), Math.Min(run.Threads, Rows), Rows);
        byte[][] blocks = [new byte[checked(blockRows * rowFloats * sizeof(float))], new byte[blockRows * rowFloats * sizeof(float)]];
        var writing = Task.CompletedTask;
        try
        {
            for (int first = 0, turn = 0; first < Rows; first += blockRows, turn ^= 1)
            {
                var (start, block) = (first, blocks[turn]);
                var count = Math.Min(blockRows, Rows - first);
                var part = new RunShare(share.At((double)first / Rows).Fraction, share.At((double)(first + count) / Rows).Fraction, share.Label);
                await Parallel.ForAsync(first, first + count, run.Parallel(ct), async (row, token) =>
                {
                    var (own, other) = (Columns * Channels, companion?.RowLength ?? 0);
                    var rented = ArrayPool<float>.Shared.Rent(own + other);
                    try
                    {
                        var (spectra, beside) = (rented.AsMemory(0, own), rented.AsMemory(own, other));
                        await signal.ReadAsync(row, spectra, token);
                        await (companion?.ReadAsync(row, beside, token) ?? ValueTask.CompletedTask);
                        work(row, spectra.Span, beside.Span, MemoryMarshal.Cast<byte, float>(block.AsSpan()).Slice((row - start) * rowFloats, rowFloats));
                    }
                    finally
                    {
                        ArrayPool<float>.Shared.Return(rented);
                    }
                });
                await writing;
                run.Progress.Report(part.At(1));
                writing = output(first, block.AsMemory(0, count * rowFloats * sizeof(float)));
            }
        }
        finally
        {
            await writing;
        }
    }
}
