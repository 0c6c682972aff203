using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Cli.Results;

/// <summary>Results as files of one folder: curves and tables .csv, images .mrc with a .png, volumes OME-Zarr.</summary>
public sealed class FolderResults(string folder) : IResultSink
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly JsonArray numbers = [];
    private readonly JsonArray curves = [];
    private readonly JsonArray images = [];
    private readonly JsonArray tables = [];
    private readonly JsonArray files = [];
    private readonly JsonArray warnings = [];

    /// <summary>Adds what was found to <paramref name="document"/>, in the contract's order.</summary>
    public void WriteTo(JsonObject document)
    {
        foreach (var (key, entries) in new[] { ("numbers", numbers), ("curves", curves), ("images", images), ("tables", tables), ("files", files), ("warnings", warnings) })
        {
            document[key] = entries;
        }
    }

    public void Number(string name, double value, string unit, double? uncertainty = null)
    {
        var number = new JsonObject { ["name"] = name, ["value"] = MetadataTree.Leaf(value), ["unit"] = unit };
        if (uncertainty is { } sigma && double.IsFinite(sigma))
        {
            number["uncertainty"] = sigma;
        }

        numbers.Add(number);
    }

    public void Curve(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y, string xUnit, string yUnit, ReadOnlySpan<double> error = default)
    {
        var file = Fresh(name, ".csv");
        using var csv = new StreamWriter(Path.Combine(folder, file));
        object[] headings = [CsvText.Heading("x", xUnit), CsvText.Heading("y", yUnit)];
        csv.Write(CsvText.Line(error.IsEmpty ? headings : [.. headings, CsvText.Heading("error", yUnit)]));
        for (var i = 0; i < x.Length; i++)
        {
            csv.Write(CsvText.Line(error.IsEmpty ? [x[i], y[i]] : [x[i], y[i], error[i]]));
        }

        curves.Add(new JsonObject { ["name"] = name, ["file"] = file });
    }

    public void Table(string name, IReadOnlyList<Column> columns)
    {
        var file = Fresh(name, ".csv");
        using var csv = new StreamWriter(Path.Combine(folder, file));
        csv.Write(CsvText.Line(columns.Select(column => CsvText.Heading(column.Name, column.Unit))));
        for (var row = 0; row < (columns.Count == 0 ? 0 : columns[0].Values.Count); row++)
        {
            csv.Write(CsvText.Line(columns.Select(column => column.Values[row])));
        }

        tables.Add(new JsonObject { ["name"] = name, ["file"] = file });
    }

    public async Task ImageAsync(string name, SignalHeader header, ReadOnlyMemory<float> pixels, CancellationToken ct)
    {
        var file = Fresh(name, ".mrc");
        await using (var stream = File.Create(Path.Combine(folder, file)))
        await using (var mrc = new MrcFile(stream, header))
        {
            await mrc.WriteSlabAsync(0, MemoryMarshal.AsBytes(pixels.Span).ToArray(), ct);
        }

        await AddImageAsync(name, file, header, pixels, ct);
    }

    public Task<IVolumeWriter> VolumeAsync(string name, SignalHeader header, CancellationToken ct)
    {
        var file = Fresh(name, ".zarr");
        return Task.FromResult<IVolumeWriter>(new FolderVolume(header, new ZarrFolder(Path.Combine(folder, file)), middle => AddImageAsync(name, file, header, middle, CancellationToken.None)));
    }

    public async Task FileAsync(string name, string mediaType, Stream content, CancellationToken ct)
    {
        var file = Fresh(Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        await using var stream = File.Create(Path.Combine(folder, file));
        await content.CopyToAsync(stream, ct);
        files.Add(new JsonObject { ["name"] = name, ["file"] = file, ["mediaType"] = mediaType });
    }

    public void Warn(string sentence) => warnings.Add(sentence);

    private async Task AddImageAsync(string name, string file, SignalHeader header, ReadOnlyMemory<float> plane, CancellationToken ct)
    {
        var preview = Path.GetFileNameWithoutExtension(file) + ".png";
        await File.WriteAllBytesAsync(Path.Combine(folder, preview), Preview.Png(plane.Span, (int)header.Axes[^1].Size, (int)header.Axes[^2].Size), ct);
        images.Add(new JsonObject
        {
            ["name"] = name,
            ["file"] = file,
            ["preview"] = preview,
            ["axes"] = new JsonArray([.. header.Axes.Select(axis => new JsonObject { ["name"] = axis.Name, ["size"] = axis.Size, ["scale"] = axis.Step, ["offset"] = axis.Origin, ["units"] = axis.Unit })]),
        });
    }

    /// <summary>A file name made of letters, digits and dashes that no other result has.</summary>
    private string Fresh(string name, string ending)
    {
        var words = new string([.. name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var stem = words.Length == 0 ? "result" : string.Join('-', words);
        for (var number = 1; ; number++)
        {
            var fresh = number == 1 ? stem : $"{stem}-{number}";
            if (names.Add(fresh + ending))
            {
                return fresh + ending;
            }
        }
    }
}
