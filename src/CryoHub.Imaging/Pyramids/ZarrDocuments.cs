using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryoHub.Imaging.Pyramids;

/// <summary>The <c>zarr.json</c> of arrays and groups (zarr v3; OME-Zarr 0.5 for what can be drawn as a picture).</summary>
internal static class ZarrDocuments
{
    public static byte[] Array(ArrayPlan plan, bool packs, IReadOnlyList<string> dimensionNames) => Bytes(new JsonObject
    {
        ["zarr_format"] = 3,
        ["node_type"] = "array",
        ["shape"] = Numbers(plan.ZarrShape),
        ["data_type"] = SampleType.Of(plan.Pixel).Name,
        ["chunk_grid"] = Named("regular", new() { ["chunk_shape"] = Numbers(plan.Sizes(plan.Shard)) }),
        ["chunk_key_encoding"] = Named("default", new() { ["separator"] = "/" }),
        ["fill_value"] = SampleType.FillOf(plan.Pixel),
        ["codecs"] = new JsonArray(Named("sharding_indexed", new()
        {
            ["chunk_shape"] = Numbers(plan.Sizes(plan.Chunk)),
            ["codecs"] = packs ? new JsonArray(LittleEndian(), Packed(SampleType.Of(plan.Pixel).Bytes)) : new JsonArray(LittleEndian()),
            ["index_codecs"] = new JsonArray(LittleEndian(), new JsonObject { ["name"] = "crc32c" }),
            ["index_location"] = "end",
        })),
        ["dimension_names"] = new JsonArray([.. dimensionNames.Select(name => (JsonNode)name)]),
        ["attributes"] = new JsonObject(),
    });

    public static byte[] Group(JsonObject attributes) => Bytes(new JsonObject
    {
        ["zarr_format"] = 3,
        ["node_type"] = "group",
        ["attributes"] = attributes,
    });

    private static JsonObject LittleEndian() => Named("bytes", new() { ["endian"] = "little" });

    private static JsonObject Packed(int typeBytes) =>
        Named("blosc", new() { ["cname"] = "zstd", ["clevel"] = 1, ["shuffle"] = "shuffle", ["typesize"] = typeBytes, ["blocksize"] = 0 });

    private static JsonObject Named(string name, JsonObject configuration) => new() { ["name"] = name, ["configuration"] = configuration };

    private static JsonArray Numbers(IEnumerable<long> numbers) => new([.. numbers.Select(number => (JsonNode)number)]);

    private static byte[] Bytes(JsonObject document) => JsonSerializer.SerializeToUtf8Bytes((JsonNode)document);
}
