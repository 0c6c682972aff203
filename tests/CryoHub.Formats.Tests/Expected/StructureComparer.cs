using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>
/// In what a crystal structure differs from what an independent reader found: cell and sites to 1e-6, d-spacings to 1e-4 (they are listed with five digits),
/// systematic absences, content of the cell, and every tag of the file that is listed.
/// </summary>
internal static class StructureComparer
{
    private const double Exact = 1e-6;

    public static List<string> Differences(ExpectedSignal expected, SignalHeader header)
    {
        List<string> found = [];
        SignalComparer.Say(found, "kind", SignalKind.Structure, header.Kind);
        if (header.Crystal is not { } crystal)
        {
            return found;
        }

        SignalComparer.Say(found, "shape", string.Join(" x ", expected.Shape), string.Join(" x ", header.Shape));
        CompareCell(found, expected.Metadata, crystal);
        CompareReflections(found, expected.Metadata["d_spacings_A"] as JsonObject ?? [], crystal);
        CompareContent(found, expected.Metadata["cell_content_by_symmetry"] as JsonObject, crystal);
        CompareSites(found, expected.Json, crystal);
        var tree = new TreeValues(header.Original);
        foreach (var (key, value) in expected.Metadata.Where(pair => pair.Key.StartsWith('_')))
        {
            SignalComparer.Say(found, key, true, tree.Holds(key, value));
        }

        var comments = (string?)header.Original.Root["comments"] ?? "";
        foreach (var number in (expected.Metadata["cod"] as JsonArray ?? []).Concat(expected.Metadata["materials_project"] as JsonArray ?? []))
        {
            SignalComparer.Say(found, $"reference {number}", true, comments.Contains((string)number!, StringComparison.Ordinal));
        }

        return found;
    }

    private static void CompareCell(List<string> found, JsonObject expected, Crystal crystal)
    {
        var cell = crystal.Cell;
        (string Key, JsonNode? Expected, double Found)[] numbers =
        [
            ("a", expected["a"] ?? expected["cell"]?["lengths"]?[0], cell.A),
            ("b", expected["b"] ?? expected["cell"]?["lengths"]?[1], cell.B),
            ("c", expected["c"] ?? expected["cell"]?["lengths"]?[2], cell.C),
            ("alpha", expected["alpha"] ?? expected["cell"]?["angles"]?[0], cell.Alpha),
            ("beta", expected["beta"] ?? expected["cell"]?["angles"]?[1], cell.Beta),
            ("gamma", expected["gamma"] ?? expected["cell"]?["angles"]?[2], cell.Gamma),
            ("volume", expected["volume"], cell.Volume),
        ];
        foreach (var (key, node, value) in numbers.Where(number => number.Expected is not null))
        {
            var number = node!.ToString() == "!!" ? cell.A : double.Parse(node.ToString(), CultureInfo.InvariantCulture);   // NCMAT's "as before"
            SignalComparer.SayNumber(found, key, number, value, Exact * number);
        }

        if (expected["space_group_hm_in_file"] is { } symbol)
        {
            SignalComparer.Say(found, "space group", (string)symbol!, crystal.SpaceGroup);
        }

        if (expected["space_group_number"] is { } group && (int?)group is not 0)
        {
            SignalComparer.Say(found, "space group number", (int?)group ?? 0, crystal.SpaceGroupNumber ?? 0);
        }

        if (expected["n_symmetry_operators_in_file"] is { } operators)
        {
            SignalComparer.Say(found, "operations", (int)operators, crystal.Operations.Count);
        }
    }

    private static void CompareReflections(List<string> found, JsonObject expected, Crystal crystal)
    {
        foreach (var (name, reflection) in expected)
        {
            var (h, k, l) = (name[0] - '0', name[1] - '0', name[2] - '0');
            var spacing = (double)reflection!["d"]!;
            SignalComparer.SayNumber(found, $"d {name}", spacing, crystal.Cell.Spacing(h, k, l), 1e-4 * spacing);
            if (reflection["absent"] is { } absent)
            {
                SignalComparer.Say(found, $"absence {name}", (bool)absent, crystal.IsAbsent(h, k, l));
            }
        }
    }

    private static void CompareContent(List<string> found, JsonObject? expected, Crystal crystal)
    {
        if (expected is null)
        {
            return;
        }

        var content = crystal.CellContent();
        SignalComparer.Say(found, "elements", string.Join(' ', expected.Select(pair => pair.Key).Order(StringComparer.Ordinal)), string.Join(' ', content.Keys));
        foreach (var (element, atoms) in expected)
        {
            SignalComparer.SayNumber(found, $"atoms of {element}", (double)atoms!, content.GetValueOrDefault(element), 1e-4 * (double)atoms!);
        }
    }

    private static void CompareSites(List<string> found, JsonObject expected, Crystal crystal)
    {
        foreach (var (node, site) in (expected["sites"] as JsonArray ?? []).Zip(crystal.Sites))
        {
            SignalComparer.Say(found, "label", (string)node!["label"]!, site.Label);
            SignalComparer.Say(found, $"element of {site.Label}", (string)node["element"]!, site.Element);
            Place(node["fract"]!.AsArray(), 0, site);
            SignalComparer.SayNumber(found, $"occupancy of {site.Label}", (double)node["occ"]!, site.Occupancy, Exact);
        }

        foreach (var (node, site) in (expected["atoms"] as JsonArray ?? []).Zip(crystal.Sites))
        {
            SignalComparer.Say(found, "label", (string)node![0]!, site.Label);
            Place(node.AsArray(), 1, site);
        }

        void Place(JsonArray numbers, int first, AtomSite site)
        {
            SignalComparer.SayNumber(found, $"x of {site.Label}", (double)numbers[first]!, site.X, Exact);
            SignalComparer.SayNumber(found, $"y of {site.Label}", (double)numbers[first + 1]!, site.Y, Exact);
            SignalComparer.SayNumber(found, $"z of {site.Label}", (double)numbers[first + 2]!, site.Z, Exact);
        }
    }
}
