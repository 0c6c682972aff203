using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>In what models, lists of sections and lists of ranges differ from what a direct parse found: every listed key and number.</summary>
internal static class ModelComparer
{
    /// <summary>An IMOD model: header, objects, contours with their first and last points, meshes, other blocks.</summary>
    public static async Task<List<string>> ModelAsync(ExpectedSignal expected, ISignal signal, CancellationToken ct)
    {
        var original = signal.Header.Original.Root;
        var found = DocumentComparer.MissingKeys(new JsonObject(((string[])["version", "xmax", "ymax", "zmax"]).Select(key => KeyValuePair.Create(key, expected.Metadata[key]?.DeepClone()))), signal.Header);
        SignalComparer.Say(found, "objects declared", (int)expected.Metadata["objects_declared"]!, (int)original["objsize"]!);
        SignalComparer.Say(found, "points", (long)expected.Metadata["total_points"]!, signal.Header.Columns is null ? 0 : signal.Header.Shape[0]);
        SignalComparer.Say(found, "name", (string)expected.Json["title"]!, (string)original["name"]!);
        var objects = original["objects"]!.AsArray();
        SignalComparer.Say(found, "objects", expected.Json["objects"]!.AsArray().Count, objects.Count);
        for (var i = 0; i < objects.Count; i++)
        {
            await CompareAsync(found, expected.Json["objects"]![i]!, objects[i]!, i, signal, ct);
        }

        var blocks = original["chunks"]!.AsArray().Concat(objects.SelectMany(item => item!["chunks"]!.AsArray())).CountBy(chunk => (string)chunk!["id"]!).ToDictionary();
        foreach (var (id, count) in expected.Metadata["other_chunks"]!.AsObject())
        {
            SignalComparer.Say(found, id, (int)count!, blocks.GetValueOrDefault(id));
        }

        return found;
    }

    /// <summary>Sections of an .mdoc: titles, keys of the whole file, first and last section, all tilts.</summary>
    public static async Task<List<string>> SectionsAsync(ExpectedSignal expected, ISignal signal, CancellationToken ct)
    {
        var root = signal.Header.Original.Root;
        if (root["sections"] is not JsonArray sections)
        {
            return ["no sections"];
        }

        var found = DocumentComparer.MissingKeys(expected.Metadata["global"]!.AsObject(), signal.Header);
        SignalComparer.Say(found, "sections", (int)expected.Metadata["n_sections"]!, sections.Count);
        SignalComparer.Say(found, "rows", (long)sections.Count, signal.Header.Shape[0]);
        SignalComparer.Say(found, "titles", Words(expected.Metadata["titles"]), Words(root["titles"]));
        Section("section_0", sections[0]!.AsObject());
        Section("section_last", sections[^1]!.AsObject());
        if (expected.Metadata["tilt_angles"] is JsonArray { Count: > 0 } tilts)
        {
            var column = signal.Header.Columns!.Select((item, i) => (item, i)).First(pair => pair.item.Name == "TiltAngle").i;
            var rows = await RowsAsync(signal, ct);
            SignalComparer.Say(found, "tilts", string.Join(' ', tilts.Select(tilt => (double)tilt!)), string.Join(' ', rows.Select(row => row[column]).Where(tilt => !double.IsNaN(tilt))));
        }

        return found;

        void Section(string key, JsonObject section)
        {
            foreach (var (name, value) in expected.Metadata[key]!.AsObject())
            {
                var actual = name switch { "__section" => section.First().Key, "__value" => section.First().Value!.ToString(), _ => section[name]?.ToString() ?? "" };
                SignalComparer.Say(found, $"{key} {name}", value!.ToString().Trim(), actual);
            }
        }
    }

    /// <summary>The ranges of an .rrng file.</summary>
    public static async Task<List<string>> RangesAsync(ExpectedSignal expected, ISignal signal, CancellationToken ct)
    {
        var found = DocumentComparer.MissingKeys(expected.Metadata["ions"]!.AsObject(), signal.Header);
        SignalComparer.Say(found, "ranges", (long)expected.Metadata["n_ranges"]!, signal.Header.Shape[0]);
        var rows = await RowsAsync(signal, ct);
        var columns = signal.Header.Columns!;
        foreach (var sample in expected.Json["samples"]!.AsArray())
        {
            var row = rows[(int)sample!["index"]![0]!];
            foreach (var (name, value) in sample["value"]!.AsObject())
            {
                var column = columns.Select((item, i) => (item, i)).FirstOrDefault(pair => pair.item.Name == name);
                var actual = column.item is null || double.IsNaN(row[column.i]) ? "" : column.item.Words is { } words ? words[(int)row[column.i]] : $"{row[column.i]}";
                if (value!.ToString() != actual && !(value is JsonValue leaf && leaf.TryGetValue(out double number) && double.TryParse(actual, out var other) && number.Equals(other)))
                {
                    found.Add($"{name} of range {sample["index"]![0]}: expected {value}, found {actual}");
                }
            }
        }

        return found;
    }

    private static async Task CompareAsync(List<string> found, JsonNode expected, JsonNode actual, int index, ISignal signal, CancellationToken ct)
    {
        var contours = actual["contours"]!.AsArray();
        SignalComparer.Say(found, $"object {index} name", (string)expected["name"]!, (string)actual["name"]!);
        SignalComparer.Say(found, $"object {index} contours declared", (int)expected["contours_declared"]!, (int)actual["contsize"]!);
        SignalComparer.Say(found, $"object {index} contours", (int)expected["n_contours"]!, contours.Count);
        SignalComparer.Say(found, $"object {index} points", (int)expected["n_points"]!, contours.Sum(contour => (int)contour!["psize"]!));
        SignalComparer.Say(found, $"object {index} meshes", (int)expected["meshes"]!, actual["meshes"]!.AsArray().Count);
        SignalComparer.Say(found, $"object {index} vertices", Words(expected["mesh_vertices"]), Words(new JsonArray([.. actual["meshes"]!.AsArray().Select(mesh => mesh!["vsize"]!.DeepClone())])));
        SignalComparer.Say(found, $"object {index} indices", Words(expected["mesh_indices"]), Words(new JsonArray([.. actual["meshes"]!.AsArray().Select(mesh => mesh!["lsize"]!.DeepClone())])));
        foreach (var (colour, i) in ((string[])["red", "green", "blue"]).Select((colour, i) => (colour, i)))
        {
            SignalComparer.SayNumber(found, $"object {index} {colour}", (double)expected["rgb"]![i]!, (double)actual[colour]!, 1e-6);
        }

        var rows = signal.Header.Columns is null ? [] : await RowsAsync(signal, ct);
        foreach (var (contour, i) in expected["contours"]!.AsArray().Select((contour, i) => (contour!, i)))
        {
            List<double[]> points = [.. rows.Where(row => row[0] == index && row[1] == i)];
            SignalComparer.Say(found, $"object {index} contour {i}", (int)contour["points"]!, points.Count);
            if (points.Count > 0)
            {
                SignalComparer.Say(found, $"object {index} contour {i} first", Numbers(contour["first"]), string.Join(' ', points[0][2..]));
                SignalComparer.Say(found, $"object {index} contour {i} last", Numbers(contour["last"]), string.Join(' ', points[^1][2..]));
            }
        }
    }

    private static string Words(JsonNode? list) => string.Join(' ', (list as JsonArray ?? []).Select(item => item!.ToString().Trim()));

    private static string Numbers(JsonNode? list) => string.Join(' ', list!.AsArray().Select(item => (double)item!));

    private static async Task<List<double[]>> RowsAsync(ISignal signal, CancellationToken ct)
    {
        var bytes = new byte[signal.Header.FrameBytes];
        await signal.ReadFrameAsync(0, bytes, ct);
        var values = new double[signal.Header.PixelCount];
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes).CopyTo(values);
        return [.. values.Chunk((int)signal.Header.Shape[1])];
    }
}
