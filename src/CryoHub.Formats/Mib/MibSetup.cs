using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;

namespace CryoHub.Formats.Mib;

/// <summary>The .hdr file beside a Merlin file: "name:" and value between a tab.</summary>
internal sealed class MibSetup
{
    private const int MostLines = 10_000;

    public JsonObject Original { get; } = [];

    public int? CounterDepth => Whole("Counter Depth (number)");

    /// <summary>Points of the scan, where the software states them.</summary>
    public (int Rows, int Columns)? Scan
    {
        get
        {
            if (Whole("ScanY") is > 0 and var rows && Whole("ScanX") is > 0 and var columns)
            {
                return (rows, columns);
            }

            return Whole("Frames in Acquisition (Number)") is > 0 and var all && Whole("Frames per Trigger (Number)") is > 0 and var each && all % each == 0
                ? (all / each, each) : null;
        }
    }

    public static MibSetup Parse(TextBytes text)
    {
        var setup = new MibSetup();
        foreach (var line in text.Lines(MostLines))
        {
            if (line.Split('\t', 2) is [var name, var value] && name.EndsWith(':'))
            {
                setup.Original[name.TrimEnd(':')] = value.Trim();
            }
        }

        return setup;
    }

    private int? Whole(string name) =>
        int.TryParse(Original[name]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
