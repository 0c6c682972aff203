using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Platform.Results;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Crates;

/// <summary>
/// The metadata document of a Research Object Crate (RO-Crate 1.2, w3id.org/ro/crate/1.2): flattened JSON-LD in schema.org's words. Files and folders are data entities; samples,
/// steps and analyses are told beside them.
/// </summary>
internal sealed class CrateMetadata(CrateRecords records, CrateLayout layout, DateTimeOffset now)
{
    private const string Specification = "https://w3id.org/ro/crate/1.2";

    private readonly List<JsonObject> entities = [];
    private readonly JsonArray parts = [];
    private readonly JsonArray mentions = [];
    private readonly Dictionary<string, JsonObject> named = [];
    private readonly Dictionary<Guid, string> methods = [];
    private readonly HashSet<Guid> samples = [.. records.Samples.Select(s => s.Id)];
    private readonly Dictionary<Guid, string> datasets = records.Datasets.ToDictionary(d => d.Id, d => DatasetId(d, layout));

    /// <summary>A file; part of the crate itself unless it is part of a <paramref name="folder"/> that is told too.</summary>
    public void AddFile(string path, string name, string description, string mediaType, long size, string sha256, JsonArray? folder = null, string? about = null)
    {
        var file = new JsonObject
        {
            ["@id"] = CratePaths.Reference(path),
            ["@type"] = "File",
            ["name"] = name,
            ["encodingFormat"] = mediaType,
            ["contentSize"] = size.ToString(CultureInfo.InvariantCulture),
            ["sha256"] = sha256,
        };
        Put(file, "description", description);
        if (about is not null)
        {
            file["about"] = To(about);
        }

        entities.Add(file);
        (folder ?? parts).Add(To(CratePaths.Reference(path)));
    }

    public void AddMethodCard(Guid sample, string path, string name, long size, string sha256)
    {
        AddFile(path, name, "Methods paragraph written from the record, with what is missing in it.", "text/markdown", size, sha256, about: SampleId(sample));
        methods[sample] = CratePaths.Reference(path);
    }

    public void AddSamples()
    {
        foreach (var sample in records.Samples)
        {
            var thing = new JsonObject { ["@id"] = SampleId(sample.Id), ["@type"] = "Thing", ["name"] = sample.Name, ["additionalType"] = sample.Kind.ToString().ToLowerInvariant(), ["identifier"] = $"urn:uuid:{sample.Id}" };
            Put(thing, "description", string.Join(' ', new[] { sample.Metal, sample.Notes }.Where(text => text.Length > 0)));
            if (methods.TryGetValue(sample.Id, out var card))
            {
                thing["subjectOf"] = To(card);
            }

            entities.Add(thing);
        }
    }

    public void AddSteps()
    {
        foreach (var step in records.Steps)
        {
            var made = step.Samples.Where(l => l.Role == StepRole.Product && samples.Contains(l.SampleId)).Select(l => SampleId(l.SampleId)).Concat(Known(step.Datasets.Select(l => l.DatasetId))).ToList();
            var values = StepValues.FromJson(step.Values).Select(pair => $"{StepKinds.Find(step.Kind)?.Field(pair.Key)?.Label ?? pair.Key}: {pair.Value.Typed}");
            var action = Action($"#step-{step.Id}", made.Count > 0 ? "CreateAction" : "Action", StepLog.Title(step.Kind), string.Join("; ", values.Append(step.Notes).Where(text => text.Length > 0)));
            (action["startTime"], action["endTime"]) = (CrateTables.Time(step.StartedAt), CrateTables.Time(step.EndedAt));
            Put(action, "agent", Named("Person", step.Person));
            Put(action, "instrument", Named("Thing", step.Device));
            Put(action, "location", step.Place);
            Put(action, "object", List(step.Samples.Where(l => l.Role == StepRole.Subject && samples.Contains(l.SampleId)).Select(l => SampleId(l.SampleId))));
            Put(action, "result", List(made));
        }
    }

    /// <summary>An analysis that was run, and the folder of what it gave where there is one.</summary>
    public void AddRun(ResultDetails result, JsonArray pieces)
    {
        var provenance = result.Provenance;
        var action = Action($"#run-{result.Id}", "CreateAction", result.Title, $"{provenance.AnalysisKey}, version {provenance.AnalysisVersion}, with {provenance.Parameters.GetRawText()}");
        action["endTime"] = CrateTables.Time(provenance.EndedAt ?? result.CreatedAt);
        action["instrument"] = To(Named("SoftwareApplication", $"CryoHub {provenance.SoftwareVersion}".Trim())!["@id"]!.GetValue<string>());
        Put(action, "agent", Named("Person", provenance.SubmittedBy ?? ""));
        Put(action, "object", List(Known(provenance.Inputs.Where(input => input.DatasetId is not null).Select(input => input.DatasetId!.Value))));
        if (pieces.Count > 0)
        {
            action["result"] = To(CratePaths.Reference(layout.Folders[result.Id]));
            AddFolder(layout.Folders[result.Id], result.Title, string.Join(' ', result.Warnings), $"urn:uuid:{result.Id}", pieces, parts);
        }
    }

    public void AddFolder(string path, string name, string description, string? identifier, JsonArray pieces, JsonArray within)
    {
        var folder = new JsonObject { ["@id"] = CratePaths.Reference(path), ["@type"] = "Dataset", ["name"] = name };
        Put(folder, "description", description);
        Put(folder, "identifier", identifier);
        Put(folder, "hasPart", pieces.Count > 0 ? pieces : null);
        entities.Add(folder);
        within.Add(To(CratePaths.Reference(path)));
    }

    /// <summary>A data set: the folder of its originals where they went along, else a name and what is known of it.</summary>
    public void AddDataset(CrateDataset dataset, JsonArray pieces)
    {
        if (dataset is { ResultId: { } result, ResultItem: { } item } && layout.Groups.ContainsKey((result, item)))
        {
            return;   // told as a piece of its result
        }

        var entity = new JsonObject
        {
            ["@id"] = datasets[dataset.Id],
            ["@type"] = "Dataset",
            ["name"] = dataset.Name,
            ["identifier"] = $"urn:uuid:{dataset.Id}",
            ["dateCreated"] = CrateTables.Time(dataset.AcquiredAt ?? dataset.CreatedAt),
        };
        Put(entity, "description", dataset.Notes);
        Put(entity, "additionalType", dataset.Kind);
        if (dataset.SampleId is { } sample && samples.Contains(sample))
        {
            entity["about"] = To(SampleId(sample));
        }

        Put(entity, "hasPart", pieces.Count > 0 ? pieces : null);
        entities.Add(entity);
        (layout.Folders.ContainsKey(dataset.Id) ? parts : mentions).Add(To(datasets[dataset.Id]));
    }

    public JsonObject Document()
    {
        var root = new JsonObject
        {
            ["@id"] = "./",
            ["@type"] = "Dataset",
            ["name"] = records.Title,
            ["description"] = records.Description,
            ["identifier"] = $"urn:uuid:{records.Id}",
            ["datePublished"] = CrateTables.Time(now),
            ["license"] = To("#licence"),
        };
        Put(root, "author", List(records.Labs.Select(lab => Named("Organization", lab)!["@id"]!.GetValue<string>())));
        Put(root, "hasPart", parts);
        Put(root, "mentions", mentions.Count > 0 ? mentions : null);
        var descriptor = new JsonObject { ["@id"] = "ro-crate-metadata.json", ["@type"] = "CreativeWork", ["conformsTo"] = To(Specification), ["about"] = To("./") };
        var licence = new JsonObject
        {
            ["@id"] = "#licence",
            ["@type"] = "CreativeWork",
            ["name"] = "No licence stated",
            ["description"] = "Its owners have not said how it may be used; ask them before it is passed on.",
        };
        JsonNode[] all = [descriptor, root, licence, .. named.Values, .. entities];
        return new JsonObject { ["@context"] = $"{Specification}/context", ["@graph"] = new JsonArray(all) };
    }

    private static string SampleId(Guid id) => $"#sample-{id}";

    private static string DatasetId(CrateDataset dataset, CrateLayout layout) => dataset switch
    {
        { ResultId: { } result, ResultItem: { } item } when layout.Groups.TryGetValue((result, item), out var group) => CratePaths.Reference(group),
        _ => layout.Folders.TryGetValue(dataset.Id, out var folder) ? CratePaths.Reference(folder) : $"#dataset-{dataset.Id}",
    };

    private IEnumerable<string> Known(IEnumerable<Guid> ids) => ids.Distinct().Where(datasets.ContainsKey).Select(id => datasets[id]);

    private JsonObject Action(string id, string type, string name, string description)
    {
        var action = new JsonObject { ["@id"] = id, ["@type"] = type, ["name"] = name };
        Put(action, "description", description);
        entities.Add(action);
        mentions.Add(To(id));
        return action;
    }

    /// <summary>A person, device, program or lab that is known by its name only: one entity for each.</summary>
    private JsonObject? Named(string type, string name)
    {
        if (name.Length == 0)
        {
            return null;
        }

        var key = $"{type}\n{name}";
        if (!named.TryGetValue(key, out var entity))
        {
            named[key] = entity = new JsonObject { ["@id"] = $"#{type.ToLowerInvariant()}-{named.Count + 1}", ["@type"] = type, ["name"] = name };
        }

        return To(entity["@id"]!.GetValue<string>());
    }

    private static void Put(JsonObject entity, string name, JsonNode? value)
    {
        if (value is not null)
        {
            entity[name] = value;
        }
    }

    private static void Put(JsonObject entity, string name, string? text)
    {
        if (text is { Length: > 0 })
        {
            entity[name] = text;
        }
    }

    private static JsonObject To(string id) => new() { ["@id"] = id };

    private static JsonArray? List(IEnumerable<string> ids) => ids.ToList() is { Count: > 0 } all ? [.. all.Select(To)] : null;
}
