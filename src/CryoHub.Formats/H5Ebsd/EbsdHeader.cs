using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.H5Ebsd;

/// <summary>The raster and the beam as the vendors name them: EDAX, Bruker, Oxford Instruments, kikuchipy and DREAM.3D.</summary>
internal sealed class EbsdHeader(JsonObject fields)
{
    private const long LongestSide = 1 << 20;

    public long? Columns => Side("nColumns", "NCOLS", "X Cells", "n_columns", "XCells", "Max X Points");

    public long? Rows => Side("nRows", "NROWS", "Y Cells", "n_rows", "YCells", "Max Y Points");

    public double? StepX => Number("Step X", "XSTEP", "X Step", "step_x", "XStep", "X Resolution");

    public double? StepY => Number("Step Y", "YSTEP", "Y Step", "step_y", "YStep", "Y Resolution");

    /// <summary>Oxford Instruments and kikuchipy state it; EDAX and Bruker write micrometres without saying so in every file.</summary>
    public string StepUnit => Text("X Step@Unit") ?? Text("Step X@Unit") ?? "";

    public AcquisitionMetadata Metadata => new()
    {
        BeamEnergyKeV = Number("Beam Voltage", "KV", "beam_energy"),
        Magnification = Number("Magnification", "magnification"),
        AcquiredAt = Text("Acquisition Date"),
    };

    public double? Number(params string[] names)
    {
        foreach (var name in names)
        {
            if (Only(fields[name]) is JsonValue value && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                return number;
            }
        }

        return null;
    }

    private long? Side(params string[] names) => Number(names) is >= 1 and <= LongestSide and var side ? (long)side : null;

    private string? Text(string name) => Only(fields[name]) is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static JsonNode? Only(JsonNode? node) => node is JsonArray { Count: 1 } list ? list[0] : node;
}
