using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels;

/// <summary>New spectra as a data set of their own; a single spectrum as a curve.</summary>
internal sealed class CubeOutput(IResultSink results, string name, SignalHeader header) : IAsyncDisposable
{
    private IVolumeWriter? volume;

    /// <summary>Takes whole rows of spectra, float32, in order.</summary>
    public async Task WriteAsync(int firstRow, ReadOnlyMemory<byte> rows, CancellationToken ct)
    {
        if (header.Axes.Count > 1)
        {
            volume ??= await results.VolumeAsync(name, header, ct);
            await volume.WriteSlabAsync(firstRow, rows, ct);
            return;
        }

        var axis = header.Axes[0];
        double[] energies = [.. Enumerable.Range(0, (int)axis.Size).Select(channel => axis.At(channel))];
        results.Curve(name, energies, [.. MemoryMarshal.Cast<byte, float>(rows.Span).ToArray().Select(count => (double)count)], axis.Unit, header.ValueUnit.Length > 0 ? header.ValueUnit : "counts");
    }

    public ValueTask DisposeAsync() => volume?.DisposeAsync() ?? ValueTask.CompletedTask;
}
