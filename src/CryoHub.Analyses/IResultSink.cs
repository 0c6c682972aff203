using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>The whole vocabulary the result page knows.</summary>
public interface IResultSink
{
    void Number(string name, double value, string unit, double? uncertainty = null);

    void Curve(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y, string xUnit, string yUnit, ReadOnlySpan<double> error = default);

    void Table(string name, IReadOnlyList<Column> columns);

    /// <summary>A float32 image; NaN pixels are "no value".</summary>
    Task ImageAsync(string name, SignalHeader header, ReadOnlyMemory<float> pixels, CancellationToken ct);

    Task<IVolumeWriter> VolumeAsync(string name, SignalHeader header, CancellationToken ct);

    Task FileAsync(string name, string mediaType, Stream content, CancellationToken ct);

    void Warn(string sentence);
}
