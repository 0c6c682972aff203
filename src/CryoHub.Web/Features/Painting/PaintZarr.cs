using CryoHub.Platform.Painting;

namespace CryoHub.Web.Features.Painting;

/// <summary>The documents of a painted layer as a zarr v3 group: one array of uint64, slices, rows, columns.</summary>
internal static class PaintZarr
{
    public static object Group(PaintLayerRow layer) => new
    {
        zarr_format = 3,
        node_type = "group",
        attributes = new
        {
            ome = new Dictionary<string, object>
            {
                ["version"] = "0.5",
                ["image-label"] = new
                {
                    colors = layer.Labels.Select(label => new Dictionary<string, object> { ["label-value"] = label.Value, ["rgba"] = Colour(label.Colour) }),
                    properties = layer.Labels.Select(label => new Dictionary<string, object> { ["label-value"] = label.Value, ["name"] = label.Name }),
                },
                ["multiscales"] = new[]
                {
                    new
                    {
                        name = layer.Name,
                        axes = new[] { new { name = "z", type = "space" }, new { name = "y", type = "space" }, new { name = "x", type = "space" } },
                        datasets = new[] { new { path = "0", coordinateTransformations = new[] { new { type = "scale", scale = new[] { 1.0, 1.0, 1.0 } } } } },
                    },
                },
            },
            cryohub = new { createdBy = layer.CreatedBy, createdAt = layer.CreatedAt, truth = layer.Truth },
        },
    };

    public static object Array(PaintLayerRow layer) => new
    {
        zarr_format = 3,
        node_type = "array",
        shape = new[] { layer.Depth, layer.Height, layer.Width },
        data_type = "uint64",
        chunk_grid = new { name = "regular", configuration = new { chunk_shape = new[] { 1, layer.Edge, layer.Edge } } },
        chunk_key_encoding = new { name = "default", configuration = new { separator = "/" } },
        fill_value = 0,
        codecs = new object[] { new { name = "bytes", configuration = new { endian = "little" } }, new { name = "gzip", configuration = new { level = 1 } } },
        dimension_names = new[] { "z", "y", "x" },
        attributes = new { },
    };

    private static int[] Colour(string hex) => [Convert.ToInt32(hex[1..3], 16), Convert.ToInt32(hex[3..5], 16), Convert.ToInt32(hex[5..7], 16), 255];
}
