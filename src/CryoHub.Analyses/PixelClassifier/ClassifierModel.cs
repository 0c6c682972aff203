using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Numerics.Learning;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>A trained forest as a file: JSON, in which the arrays are little-endian bytes in Base64.</summary>
/// <param name="Set">Features in the order of the forest.</param>
/// <param name="Classes">Classes in the order of the forest.</param>
/// <param name="Forest">The trees.</param>
/// <param name="Bins">How values become what the trees read.</param>
/// <param name="Training">SHA-256 of the training set, its size, the seed and the scores; kept as they are.</param>
internal sealed record ClassifierModel(FeatureSet Set, IReadOnlyList<LabelClass> Classes, RandomForest Forest, FeatureBins Bins, JsonObject Training)
{
    /// <summary>Bytes of a model file, at most.</summary>
    public const int MostBytes = 256 << 20;

    private const string Format = "cryohub-pixel-classifier";
    private const int FormatVersion = 1;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["format"] = Format,
            ["version"] = FormatVersion,
            ["training"] = Training.DeepClone(),
            ["classes"] = new JsonArray([.. Classes.Select(item => new JsonObject { ["value"] = item.Value, ["name"] = item.Name, ["colour"] = item.Colour })]),
            ["scales"] = new JsonArray([.. Set.Scales.Select(scale => JsonValue.Create(scale))]),
            ["features"] = new JsonArray([.. Set.Kinds.Select(kind => JsonValue.Create(kind.ToString()))]),
            ["threeDimensional"] = Set.ThreeDimensional,
            ["featureNames"] = new JsonArray([.. Set.Features.Select(feature => JsonValue.Create(feature.Name))]),
            ["edges"] = new JsonArray([.. Bins.Edges.Select(edges => JsonValue.Create(Text<float>(edges)))]),
            ["roots"] = Text(Forest.Roots),
            ["children"] = Text<int>([.. Forest.Nodes.ToArray().Select(node => node.Left)]),
            ["splits"] = Text<byte>([.. Forest.Nodes.ToArray().SelectMany(node => new[] { node.Feature, node.Threshold })]),
            ["shares"] = Text(Forest.Shares),
        },
        new JsonSerializerOptions { WriteIndented = true });

    /// <exception cref="ProblemException">The file is no such model, or a damaged one.</exception>
    public static async Task<ClassifierModel> ReadAsync(ISignal document, CancellationToken ct)
    {
        var name = document.Header.Name;
        var bytes = await DocumentBytes.ReadAsync(document, "A model", MostBytes, ct);
        try
        {
            var json = JsonNode.Parse(bytes)!.AsObject();
            if ((string?)json["format"] != Format || (int?)json["version"] != FormatVersion)
            {
                throw ProblemException.Invalid($"A model says \"format\": \"{Format}\" and \"version\": {FormatVersion}; \"{name}\" says {json["format"]?.ToJsonString() ?? "no format"} and {json["version"]?.ToJsonString() ?? "no version"}.");
            }

            var set = new FeatureSet(
                [.. json["scales"]!.AsArray().Select(scale => (double)scale!)], [.. json["features"]!.AsArray().Select(kind => Enum.Parse<FeatureKind>((string)kind!))], (bool)json["threeDimensional"]!);
            LabelClass[] classes = [.. json["classes"]!.AsArray().Select(item => new LabelClass((int)item!["value"]!, (string)item["name"]!, (string)item["colour"]!))];
            FeatureBins bins = new([.. json["edges"]!.AsArray().Select(edges => Numbers<float>((string)edges!))]);
            var (children, splits) = (Numbers<int>((string)json["children"]!), Numbers<byte>((string)json["splits"]!));
            if (splits.Length != 2 * children.Length || bins.Edges.Count != set.Features.Count || bins.Edges.Any(edges => edges.Length > FeatureBins.MostEdges))
            {
                throw ProblemException.Invalid($"The model \"{name}\" is damaged: {children.Length} nodes with {splits.Length / 2} splits, {bins.Edges.Count} lists of edges for {set.Features.Count} features.");
            }

            var forest = new RandomForest(
                set.Features.Count, classes.Length, [.. children.Select((left, i) => new ForestNode(left, splits[2 * i], splits[(2 * i) + 1]))], Numbers<int>((string)json["roots"]!), Numbers<float>((string)json["shares"]!));
            return new ClassifierModel(set, classes, forest, bins, json["training"]!.AsObject());
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            throw ProblemException.Invalid($"\"{name}\" is no model of the pixel classifier, or a damaged one: {e.Message}");
        }
    }

    private static string Text<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged => Convert.ToBase64String(MemoryMarshal.AsBytes(numbers));

    private static T[] Numbers<T>(string text)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Convert.FromBase64String(text)).ToArray();
}
