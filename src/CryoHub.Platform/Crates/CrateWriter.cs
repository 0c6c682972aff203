using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Provenance;
using CryoHub.Platform.Results;

namespace CryoHub.Platform.Crates;

/// <summary>Writes one crate, its metadata last: they tell the hashes of what went before.</summary>
internal sealed class CrateWriter(CrateRecords records, CrateLayout layout, Guid userId, SampleChronicle chronicle, ShapeFiles shapes, ResultCatalog results, DateTimeOffset now)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CrateMetadata metadata = new(records, layout, now);
    private readonly List<string> lost = [];
    private CrateArchive archive = null!;

    public async Task WriteAsync(Stream output, CancellationToken ct)
    {
        archive = new CrateArchive(output, now);
        await AddTextAsync(layout.Paths.File("", "provenance.json"), "Provenance", "What came from what, as W3C PROV-JSON.", "application/json", ProvJson.Of(records.Graph).ToJsonString(Readable), ct);
        await AddTableAsync("samples", "Samples", CrateTables.Samples(records), ct);
        await AddTableAsync("pairs", "Samples and their controls", CrateTables.Pairs(records), ct);
        await AddTableAsync("steps", "Steps", CrateTables.Steps(records), ct);
        await AddTableAsync("step-values", "Values recorded in steps, as typed and in SI", CrateTables.StepValues(records), ct);
        await AddTableAsync("datasets", "Data sets", CrateTables.Datasets(records, layout), ct);
        await AddTableAsync("signals", "Signals of the data sets", CrateTables.Signals(records), ct);
        await AddMethodsAsync(ct);
        await AddAnnotationsAsync(ct);
        await AddResultsAsync(ct);
        foreach (var dataset in records.Datasets)
        {
            metadata.AddDataset(dataset, await AddFilesAsync(dataset.Id, ct));
        }

        if (lost.Count > 0)
        {
            await AddTextAsync(layout.Paths.File("", "MISSING.txt"), "Missing files", "Files that are recorded but could not be found in the store.", "text/plain", string.Join('\n', lost) + "\n", ct);
        }

        metadata.AddSamples();
        metadata.AddSteps();
        using var document = new MemoryStream(Encoding.UTF8.GetBytes(metadata.Document().ToJsonString(Readable)));
        await archive.AddAsync("ro-crate-metadata.json", document, isText: true, ct);
        await archive.CompleteAsync(ct);
    }

    private async Task AddMethodsAsync(CancellationToken ct)
    {
        var happened = records.Steps.SelectMany(step => step.Samples.Select(link => link.SampleId)).ToHashSet();
        foreach (var sample in records.Samples.Where(s => happened.Contains(s.Id)))
        {
            var card = (await chronicle.LedgersAsync(userId, sample.Id, ct) ?? throw Ended()).Method;
            var name = $"Method card of {sample.Name}";
            var path = layout.Paths.File("methods/", $"{sample.Name}.md");
            var (size, hash) = await WriteTextAsync(path, Text(name, card), ct);
            metadata.AddMethodCard(sample.Id, path, name, size, hash);
        }
    }

    private static string Text(string name, MethodCard card)
    {
        var text = new StringBuilder($"# {name}\n\n").AppendJoin('\n', card.Sentences.Concat(card.Controls)).Append($"\n\nRecorded: {card.Percent} % of what another lab would need.\n");
        foreach (var fact in card.Missing)
        {
            text.Append($"- missing: {fact.Title}{(fact.Label.Length > 0 ? $", {fact.Label}" : "")}\n");
        }

        return text.ToString();
    }

    private async Task AddAnnotationsAsync(CancellationToken ct)
    {
        var names = records.Datasets.ToDictionary(d => d.Id, d => d.Name);
        foreach (var (dataset, signal) in records.Annotated)
        {
            var drawn = await shapes.GeoJsonAsync(userId, dataset, signal, ct) ?? throw Ended();
            var path = layout.Paths.File("annotations/", $"{names[dataset].Replace('/', '_')} signal {signal}.geojson");
            using var content = new MemoryStream(drawn);
            var (size, hash) = await archive.AddAsync(path, content, isText: true, ct);
            metadata.AddFile(path, $"Drawn on {names[dataset]}", $"Shapes on signal {signal} in pixels, y downwards (RFC 7946), of data set {dataset}.", "application/geo+json", size, hash);
        }
    }

    private async Task AddResultsAsync(CancellationToken ct)
    {
        var told = new List<(ResultDetails, string)>();
        var numbers = new List<(Guid, ResultItemRow)>();
        foreach (var result in records.Results)
        {
            var details = await results.FindAsync(userId, result.Id, ct) ?? throw Ended();
            var pieces = new JsonArray();
            foreach (var item in details.Items)
            {
                if (CrateTables.OfItem(item) is { } table)
                {
                    var path = layout.Paths.File(layout.Folders[result.Id], item.Name + ".csv");
                    var (size, hash) = await WriteTextAsync(path, table, ct);
                    metadata.AddFile(path, item.Name, $"{item.Kind} of {result.Title}.", "text/csv", size, hash, pieces);
                }
            }

            await AddFilesAsync(result.Id, pieces, ct);
            foreach (var item in result.Objects.Where(o => o.IsGroup && layout.Groups.ContainsKey((result.Id, o.Index))))
            {
                metadata.AddFolder(layout.Groups[(result.Id, item.Index)], item.Name, "Picture or volume as zarr v3.", null, [], pieces);
            }

            numbers.AddRange(details.Items.Where(item => item.Kind == ResultKind.Number).Select(item => (result.Id, item)));
            metadata.AddRun(details, pieces);
            told.Add((details with { Items = [] }, pieces.Count > 0 ? layout.Folders[result.Id] : ""));   // what is drawn in them is written and would only fill memory
        }

        await AddTableAsync("results", "Results of analyses", CrateTables.Results(told), ct);
        await AddTableAsync("numbers", "Numbers of results with their uncertainty", CrateTables.Numbers(numbers), ct);
    }

    private async Task<JsonArray> AddFilesAsync(Guid owner, CancellationToken ct)
    {
        var pieces = new JsonArray();
        await AddFilesAsync(owner, pieces, ct);
        return pieces;
    }

    private async Task AddFilesAsync(Guid owner, JsonArray pieces, CancellationToken ct)
    {
        foreach (var file in layout.Files.GetValueOrDefault(owner) ?? [])
        {
            try
            {
                var download = await file.OpenAsync(ct) ?? throw Ended();
                await using var content = download.Content;
                var (size, hash) = await archive.AddAsync(file.Path, content, isText: false, ct);
                if (file.IsDescribed)
                {
                    var damage = file.Sha256.Length > 0 && file.Sha256 != hash ? $"Damaged in the store: it was received with SHA-256 {file.Sha256}." : "";
                    metadata.AddFile(file.Path, file.Name, damage, "application/octet-stream", size, hash, pieces);
                }
            }
            catch (FileNotFoundException)
            {
                lost.Add(file.Path);   // told in the crate; one lost object must not keep all others from being taken away
            }
        }
    }

    private Task AddTableAsync(string name, string title, string table, CancellationToken ct) => AddTextAsync(layout.Paths.File("tables/", name + ".csv"), title, "", "text/csv", table, ct);

    private async Task AddTextAsync(string path, string name, string description, string mediaType, string text, CancellationToken ct)
    {
        var (size, hash) = await WriteTextAsync(path, text, ct);
        metadata.AddFile(path, name, description, mediaType, size, hash);
    }

    private async Task<(long Size, string Sha256)> WriteTextAsync(string path, string text, CancellationToken ct)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await archive.AddAsync(path, content, isText: true, ct);
    }

    private static ProblemException Ended() => new(ProblemKind.Conflict, "Something of this crate was thrown away, or is no longer shared with you, while it was written; ask for it again.");
}
