using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>
/// All of a file, each object once: its arrays of numbers, and everything it states as metadata. A group is an object of its attributes and members; a dataset is its
/// value (small ones and text) or its shape and type; an attribute of a dataset stands beside it as <c>name@attribute</c>.
/// </summary>
internal sealed class Hdf5Tree
{
    private const int Deepest = 32;
    private const int MostObjects = 20_000;
    private const long LargestValue = 64;
    private const int LargestPixel = 16;

    private readonly Hdf5File file;
    private readonly HashSet<ulong> seen = [];
    private readonly List<Hdf5Node> arrays = [];
    private readonly List<Hdf5Records> tables = [];
    private readonly List<string> refusals = [];

    private Hdf5Tree(Hdf5File file) => this.file = file;

    /// <summary>Arrays of numbers with at least one dimension and more than one value, in the order of their paths.</summary>
    public IReadOnlyList<Hdf5Node> Arrays => arrays;

    /// <summary>Lists of records with fields of numbers.</summary>
    public IReadOnlyList<Hdf5Records> Tables => tables;

    /// <summary>Why datasets were left out.</summary>
    public IReadOnlyList<string> Refusals => refusals;

    public JsonObject Original { get; private set; } = [];

    /// <summary>Walks the file below a group; members whose path <paramref name="skip"/> names are left out.</summary>
    public static Hdf5Tree Of(Hdf5File file, string group = "", Func<string, bool>? skip = null)
    {
        var tree = new Hdf5Tree(file);
        tree.Original = tree.Walk(group, 0, skip);
        return tree;
    }

    private JsonObject Walk(string group, int depth, Func<string, bool>? skip)
    {
        var members = file.Attributes(group);
        foreach (var link in Links(group))
        {
            var path = $"{group}/{link.Name}";
            if (skip?.Invoke(path) == true)
            {
                continue;
            }

            if (link.Kind != Hdf5LinkKind.Hard)
            {
                members[link.Name] = file.Target(group, link.Name) is { } target ? $"-> {target}" : null;
            }
            else if (seen.Add(link.Address))
            {
                if (seen.Count > MostObjects || depth == Deepest)
                {
                    refusals.Add($"{path} and what follows is not listed: more than {MostObjects} objects or {Deepest} levels.");
                    return members;
                }

                if (file.IsGroup(path))
                {
                    members[link.Name] = Walk(path, depth + 1, skip);
                }
                else
                {
                    Add(members, link.Name, path);
                }
            }
        }

        return members;
    }

    // One damaged group does not hide the others.
    private IReadOnlyList<Hdf5Link> Links(string group)
    {
        try
        {
            return file.Links(group);
        }
        catch (ProblemException damaged)
        {
            refusals.Add(damaged.Message);
            return [];
        }
    }

    private void Add(JsonObject members, string name, string path)
    {
        try
        {
            if (file.Dataset(path) is not { } dataset)
            {
                return;
            }

            var attributes = file.Attributes(path);
            members[name] = Value(dataset);
            foreach (var attribute in attributes)
            {
                members[$"{name}@{attribute.Key}"] = attribute.Value?.DeepClone();
            }

            var frame = dataset.Shape.TakeLast(2).Aggregate(1.0, (product, size) => product * size);
            if (dataset.Count > 1 && frame * LargestPixel > Array.MaxLength)
            {
                refusals.Add($"{path} has {string.Join(" x ", dataset.Shape)} values: more than can be held at a time.");
            }
            else if (dataset is { Pixel: not null, Shape.Count: > 0, Count: > 1 })
            {
                arrays.Add(new Hdf5Node(dataset, attributes));
            }
            else if (dataset is { Pixel: null, Shape: [> 0] } && file.Fields(path) is { Count: > 0 } fields && frame * fields.Count * sizeof(double) <= Array.MaxLength)
            {
                tables.Add(new Hdf5Records(dataset, fields));
            }
        }
        catch (ProblemException problem)
        {
            refusals.Add(problem.Message);
            members[name] = problem.Message;
        }
    }

    private JsonNode? Value(Hdf5Dataset dataset)
    {
        if (dataset.Pixel is not { } pixel)
        {
            return file.Texts(dataset.Path) switch
            {
                [] => new JsonObject { ["shape"] = Numbers(dataset.Shape) },
                [var only] when dataset.Shape.Count == 0 => only,
                var texts => new JsonArray([.. texts.Select(text => (JsonNode?)text)]),
            };
        }

        if (dataset.Count > LargestValue)
        {
            return new JsonObject { ["shape"] = Numbers(dataset.Shape), ["dtype"] = pixel.Name() };
        }

        var bytes = new byte[dataset.Count * pixel.Bytes()];
        if (bytes.Length > 0)
        {
            file.ReadAll(dataset, bytes);
        }

        var values = Enumerable.Range(0, (int)dataset.Count).Select(i => (JsonNode?)pixel.ToJson(bytes.AsSpan(i * pixel.Bytes()))).ToArray();
        return dataset.Shape.Count == 0 ? values[0] : new JsonArray(values);
    }

    private static JsonArray Numbers(IReadOnlyList<long> values) => new([.. values.Select(value => (JsonNode?)value)]);
}
