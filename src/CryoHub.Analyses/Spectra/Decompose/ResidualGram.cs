using CryoHub.Imaging;
using CryoHub.Numerics.Components;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>
/// Inner products of the residuals of all spectra: of the channels, a block of rows in memory at a time, or of the spectra where these are fewer than channels, which then
/// all fit in memory. Blocks and tiles are summed in a fixed order, so that the number of threads changes no bit.
/// </summary>
internal sealed class ResidualGram(SpectrumCube cube, CommonShape shape)
{
    /// <summary>More would take minutes and gigabytes.</summary>
    public const int Most = 6144;

    private const int Width = GramTile.Width;
    private const long BlockFloats = 4L << 20;

    /// <summary>Whether the products are those of the spectra.</summary>
    public bool OfSpectra { get; } = shape.Used < shape.Channels;

    /// <summary>Rows of the matrix.</summary>
    public int Size => OfSpectra ? shape.Used : shape.Channels;

    /// <summary>Bytes held at a time for a matrix of that size over as many channels.</summary>
    public static long MemoryBytes(long pixels, long channels) =>
        (2 * sizeof(double) * Math.Min(pixels, channels) * Math.Min(pixels, channels)) + (2 * sizeof(float) * (BlockFloats + Math.Min(pixels * channels, channels * channels)));

    /// <summary>The lower triangle of the matrix, row by row.</summary>
    /// <exception cref="ProblemException">It would be too large.</exception>
    public async Task<double[]> SumAsync(AnalysisRun run, RunShare share, CancellationToken ct)
    {
        if (Size > Most)
        {
            throw ProblemException.Invalid($"There are {shape.Channels} channels and {shape.Used} spectra; components can be found for up to {Most} channels or spectra. Choose the energies to look at.");
        }

        var padded = (Size + Width - 1) / Width * Width;
        var gram = new double[padded * padded];
        int[] places = Places();
        var rowsAtATime = OfSpectra ? cube.Rows : (int)Math.Clamp(BlockFloats / ((long)cube.Columns * padded), 1, cube.Rows);
        var depth = OfSpectra ? shape.Channels : rowsAtATime * cube.Columns;
        using var panels = new Numerics.AlignedFloats(checked(padded * depth));
        for (var first = 0; first < cube.Rows; first += rowsAtATime)
        {
            var (start, count) = (first, Math.Min(rowsAtATime, cube.Rows - first));
            var used = OfSpectra ? depth : count * cube.Columns;
            await Parallel.ForAsync(first, first + count, run.Parallel(ct), async (row, token) => await FillAsync(row, start, depth, places, panels, token));
            Tiles(run, panels, depth, used, gram, padded, ct);
            run.Progress.Report(share.At((double)(first + count) / cube.Rows));
        }

        return Compact(gram, padded);
    }

    private static void Tiles(AnalysisRun run, Numerics.AlignedFloats panels, int depth, int used, double[] gram, int padded, CancellationToken ct)
    {
        var across = padded / Width;
        Parallel.For(0, across * (across + 1) / 2, run.Parallel(ct), tile =>
        {
            var i = (int)((Math.Sqrt((8.0 * tile) + 1) - 1) / 2);
            var j = tile - (i * (i + 1) / 2);
            var all = panels.Span;
            GramTile.Add(all.Slice(i * depth * Width, used * Width), all.Slice(j * depth * Width, used * Width), gram.AsSpan((i * Width * padded) + (j * Width)), padded);
        });
    }

    /// <summary>Of each pixel its row among those that are used, or -1.</summary>
    private int[] Places()
    {
        var next = 0;
        return [.. shape.Amount.Select(amount => float.IsNaN(amount) ? -1 : next++)];
    }

    private async Task FillAsync(int row, int firstRow, int depth, int[] places, Numerics.AlignedFloats panels, CancellationToken ct)
    {
        var rented = System.Buffers.ArrayPool<float>.Shared.Rent(cube.Columns * cube.Channels);
        try
        {
            await cube.ReadRowAsync(row, rented.AsMemory(0, cube.Columns * cube.Channels), ct);
            Fill(rented, row, firstRow, depth, places, panels.Span);
        }
        finally
        {
            System.Buffers.ArrayPool<float>.Shared.Return(rented);
        }
    }

    private void Fill(Span<float> spectra, int row, int firstRow, int depth, int[] places, Span<float> panels)
    {
        var residual = new float[shape.Channels];
        for (var x = 0; x < cube.Columns; x++)
        {
            var pixel = (row * cube.Columns) + x;
            if (places[pixel] < 0)
            {
                residual.AsSpan().Clear();
            }
            else
            {
                shape.Residual(shape.Of(spectra, x), pixel, residual);
            }

            if (OfSpectra)
            {
                Column(residual, places[pixel], depth, panels);
            }
            else
            {
                Row(residual, ((row - firstRow) * cube.Columns) + x, depth, panels);
            }
        }
    }

    private static void Row(ReadOnlySpan<float> residual, int place, int depth, Span<float> panels)
    {
        for (var channel = 0; channel < residual.Length; channel += Width)
        {
            var part = residual[channel..Math.Min(residual.Length, channel + Width)];
            part.CopyTo(panels[((channel * depth) + (place * Width))..]);
        }
    }

    private static void Column(ReadOnlySpan<float> residual, int place, int depth, Span<float> panels)
    {
        for (var channel = 0; channel < residual.Length && place >= 0; channel++)
        {
            panels[(place / Width * depth * Width) + (channel * Width) + (place % Width)] = residual[channel];
        }
    }

    private double[] Compact(double[] gram, int padded)
    {
        for (var i = 0; i < Size; i++)
        {
            Array.Copy(gram, i * padded, gram, i * Size, Size);
        }

        Array.Resize(ref gram, Size * Size);
        return gram;
    }
}
