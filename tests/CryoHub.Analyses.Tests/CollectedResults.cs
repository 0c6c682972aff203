using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests;

/// <summary>A sink that keeps everything in memory.</summary>
internal sealed class CollectedResults : IResultSink
{
    public Dictionary<string, (double Value, string Unit, double? Uncertainty)> Numbers { get; } = [];

    public Dictionary<string, (double[] X, double[] Y, string XUnit, string YUnit, double[] Error)> Curves { get; } = [];

    public Dictionary<string, IReadOnlyList<Column>> Tables { get; } = [];

    public Dictionary<string, (SignalHeader Header, float[] Pixels)> Images { get; } = [];

    public Dictionary<string, byte[]> Files { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Number(string name, double value, string unit, double? uncertainty = null) => Numbers.Add(name, (value, unit, uncertainty));

    public void Curve(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y, string xUnit, string yUnit, ReadOnlySpan<double> error = default) =>
        Curves.Add(name, (x.ToArray(), y.ToArray(), xUnit, yUnit, error.ToArray()));

    public void Table(string name, IReadOnlyList<Column> columns) => Tables.Add(name, columns);

    public Task ImageAsync(string name, SignalHeader header, ReadOnlyMemory<float> pixels, CancellationToken ct)
    {
        Images.Add(name, (header, pixels.ToArray()));
        return Task.CompletedTask;
    }

    public Task<IVolumeWriter> VolumeAsync(string name, SignalHeader header, CancellationToken ct)
    {
        var pixels = new float[header.PixelCount];
        Images.Add(name, (header, pixels));
        return Task.FromResult<IVolumeWriter>(new Writer(pixels, header));
    }

    public async Task FileAsync(string name, string mediaType, Stream content, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, ct);
        Files.Add(name, bytes.ToArray());
    }

    public void Warn(string sentence) => Warnings.Add(sentence);

    private sealed class Writer(float[] pixels, SignalHeader header) : IVolumeWriter
    {
        public Task WriteSlabAsync(long firstSlice, ReadOnlyMemory<byte> slices, CancellationToken ct)
        {
            PixelFloats.ToFloat(slices.Span, header.Pixel, pixels.AsSpan((int)(firstSlice * header.FramePixels)));
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
