using CryoHub.Analyses;
using CryoHub.Imaging;

namespace CryoHub.Benchmarks;

/// <summary>A sink that keeps nothing: what is measured is the work.</summary>
internal sealed class NoResults : IResultSink
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

    public Task<IVolumeWriter> VolumeAsync(string name, SignalHeader header, CancellationToken ct) => throw new NotSupportedException("No case writes a volume.");

    public Task FileAsync(string name, string mediaType, Stream content, CancellationToken ct) => Task.CompletedTask;

    public void Warn(string sentence)
    {
    }
}
