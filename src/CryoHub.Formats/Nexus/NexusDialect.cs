using System.Text.Json.Nodes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Nexus;

/// <summary>NeXus by its attributes: NXentry groups; NXdata says which array is the signal and which lists are its axes.</summary>
internal sealed class NexusDialect : IHdf5Dialect
{
    public FormatInfo Format { get; } = new(
        "nexus", "NeXus", [".nxs", ".nx", ".h5", ".hdf5"],
        "every NXdata (NXem, NXxps, NXmx ...) with its axes in the present and the two older conventions, the default plot first; every other array under its path; all fields as metadata",
        "arrays in other files; axes of more than one dimension", "https://manual.nexusformat.org/");

    public bool Knows(Hdf5File file, string fileName)
    {
        var root = file.Attributes("/");
        return IsClass(root, "NXroot") || root["file_format"]?.ToString() == "nexus"
            || file.Members("/").Take(64).Any(name => file.IsGroup($"/{name}") && IsClass(file.Attributes($"/{name}"), "NXentry"));
    }

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source)
    {
        var tree = Hdf5Tree.Of(file);
        var original = new MetadataTree(tree.Original);
        var metadata = NexusMetadata.Of(tree.Original);
        var defaults = Default(tree.Original);
        var signals = tree.Arrays.Select(node =>
        {
            var (group, member) = Split(node.Dataset.Path);
            var isSignal = Find(original, group) is { } data && NexusData.IsSignal(data, member, node);
            var axes = isSignal ? NexusData.Axes(file, group, Find(original, group)!, node) : null;
            var signal = axes is null ? PlainSignals.Of(file, node, original, metadata) : PlainSignals.Of(file, node, axes, original, metadata);
            return (Signal: signal, Rank: !isSignal ? 2 : group == defaults ? 0 : 1);
        }).ToList();
        return signals.Count > 0
            ? [.. signals.OrderBy(found => found.Rank).Select(found => found.Signal), .. tree.Tables.Select(table => new Hdf5Table(file, table, original))]
            : new PlainDialect().Open(file, source);
    }

    internal static bool IsClass(JsonObject attributes, string name) => attributes["NX_class"] is JsonValue value && value.ToString() == name;

    internal static (string Group, string Member) Split(string path) => path.LastIndexOf('/') is var slash && slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);

    // The attribute default leads from the root to the group that is to be plotted first.
    private static string Default(JsonObject root)
    {
        var (path, group) = ("", root);
        while (group["default"] is JsonValue next && next.TryGetValue(out string? name) && group[name] is JsonObject below)
        {
            (path, group) = ($"{path}/{name}", below);
        }

        return path;
    }

    private static JsonObject? Find(MetadataTree tree, string group) => tree.Find(group.Split('/', StringSplitOptions.RemoveEmptyEntries)) as JsonObject;
}
