using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Imaging;
using CryoHub.Worker.Jobs;

namespace CryoHub.Worker.Previews;

/// <summary>Collects what a page can draw at once; volumes and files need a job.</summary>
internal sealed class PreviewSink : IResultSink
{
    private readonly Lock gate = new();
    private readonly JsonArray numbers = [];
    private readonly JsonArray curves = [];
    private readonly JsonArray images = [];
    private readonly JsonArray tables = [];
    private readonly JsonArray warnings = [];

    public JsonObject Json => new() { ["numbers"] = numbers, ["curves"] = curves, ["images"] = images, ["tables"] = tables, ["warnings"] = warnings };

    public void Number(string name, double value, string unit, double? uncertainty = null) => Add(numbers, Named(name, ItemJson.Number(value, unit, uncertainty)));

    public void Curve(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y, string xUnit, string yUnit, ReadOnlySpan<double> error = default) =>
        Add(curves, Named(name, ItemJson.Curve(x, y, xUnit, yUnit, error)));

    public void Table(string name, IReadOnlyList<Column> columns) => Add(tables, Named(name, ItemJson.Table(columns)));

    public Task ImageAsync(string name, SignalHeader header, ReadOnlyMemory<float> pixels, CancellationToken ct)
    {
        Add(images, new JsonObject
        {
            ["name"] = name,
            ["shape"] = new JsonArray([.. header.Shape.Select(size => (JsonNode)size)]),
            ["unit"] = header.Original.Find("unit")?.ToString() ?? "",
            ["data"] = Convert.ToBase64String(MemoryMarshal.AsBytes(pixels.Span)),
        });
        return Task.CompletedTask;
    }

    public Task<IVolumeWriter> VolumeAsync(string name, SignalHeader header, CancellationToken ct) => Task.FromResult<IVolumeWriter>(new Nowhere());

    public Task FileAsync(string name, string mediaType, Stream content, CancellationToken ct) => Task.CompletedTask;

    public void Warn(string sentence) => Add(warnings, sentence);

    private static JsonObject Named(string name, JsonObject item)
    {
        item.Insert(0, "name", name);
        return item;
    }

    private void Add(JsonArray list, JsonNode item)
    {
        lock (gate)
        {
            list.Add(item);
        }
    }

    private sealed class Nowhere : IVolumeWriter
    {
        public Task WriteSlabAsync(long firstSlice, ReadOnlyMemory<byte> slices, CancellationToken ct) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
