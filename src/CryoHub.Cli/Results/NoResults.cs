using CryoHub.Analyses;
using CryoHub.Imaging;

namespace CryoHub.Cli.Results;

/// <summary>Forgets every result: for timing what finds them.</summary>
internal sealed class NoResults : IResultSink, IVolumeWriter
{
    public void Number(string name, double value, string unit, double? uncertainty = null)
    {
    }

    public void Curve(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y, string xUnit, string yUnit, ReadOnlySpan<double> error = default)
    {
    }

    public void Table(string name, IReadOnlyList<Column> columns)
    {
    }

    public Task ImageAsync(string name, SignalHeader header, ReadOnlyMemory<float> pixels, CancellationToken ct) => Task.CompletedTask;

    public Task<IVolumeWriter> VolumeAsync(string name, SignalHeader header, CancellationToken ct) => Task.FromResult<IVolumeWriter>(this);

    public Task FileAsync(string name, string mediaType, Stream content, CancellationToken ct) => Task.CompletedTask;

    public void Warn(string sentence)
    {
    }

    public Task WriteSlabAsync(long firstSlice, ReadOnlyMemory<byte> slices, CancellationToken ct) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
