using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>Every dataset that h5py lists must be found again: as a signal of that shape and type, or with its value in the metadata under its path.</summary>
internal static class Hdf5Comparer
{
    public static IEnumerable<string> Differences(IReadOnlyList<JsonObject> datasets, IReadOnlyList<ISignal> signals)
    {
        foreach (var dataset in datasets)
        {
            var path = (string)dataset["path"]!;
            var shape = dataset["shape"]!.AsArray().Select(size => (long)size!).ToArray();
            var signal = signals.FirstOrDefault(candidate => candidate.Header.Name == path.TrimStart('/'));
            if (signal is not null)
            {
                // Records, whose type h5py shows with its fields, are a table: a row a record.
                if (((string)dataset["dtype"]!).StartsWith("{'names'", StringComparison.Ordinal))
                {
                    if (signal.Header.Columns is null || signal.Header.Shape[0] != shape[0])
                    {
                        yield return $"{path}: expected {shape[0]} records, found {string.Join(" x ", signal.Header.Shape)}";
                    }
                }
                else if (!signal.Header.Shape.SequenceEqual(shape) || signal.Header.Pixel.Name() != Type((string)dataset["dtype"]!))
                {
                    yield return $"{path}: expected {dataset["dtype"]} {string.Join(" x ", shape)}, found {signal.Header.Pixel.Name()} {string.Join(" x ", signal.Header.Shape)}";
                }
            }
            else if (!signals.Any(other => Value(other.Header.Original, path) is { } value && Fits(value, dataset["value"], shape)))
            {
                yield return $"{path}: expected {dataset["value"]?.ToJsonString() ?? "a value"}, found neither a signal nor that value";
            }
        }
    }

    // What is too long for the metadata stands there with its shape.
    private static bool Fits(JsonNode value, JsonNode? expected, long[] shape) =>
        value is JsonObject described ? described["shape"] is JsonArray sizes && sizes.Select(size => (long)size!).SequenceEqual(shape) : expected is null || Flat(value).SequenceEqual(Flat(expected));

    private static string Type(string numpy) => numpy switch
    {
        ">f4" => "float32",
        ">f8" => "float64",
        ">i4" => "int32",
        ">u4" => "uint32",
        ">u2" => "uint16",
        _ => numpy,
    };

    private static JsonNode? Value(MetadataTree original, string path) => original.Find(path.Split('/', StringSplitOptions.RemoveEmptyEntries));

    // Text compared up to where the list cuts it, and without bytes that are no text in either.
    private static IEnumerable<string> Flat(JsonNode node) => node switch
    {
        JsonArray list => list.SelectMany(item => item is null ? ["null"] : Flat(item)),
        JsonValue value when value.TryGetValue(out double number) => [number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)],
        _ => [Plain(node.ToString())],
    };

    private static string Plain(string text) => new([.. text.Where(char.IsAscii).Take(40)]);
}
