using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.BioLogic;

/// <summary>What the modules for settings and log state at known places.</summary>
internal static class MprSettings
{
    private const int EarliestDay = 30_000;     // OLE days: 1982 ..
    private const int LatestDay = 73_050;       // .. 2100

    private static readonly Dictionary<byte, string> Techniques = new()
    {
        [4] = "Galvanostatic Cycling with Potential Limitation",
        [6] = "Cyclic Voltammetry",
        [11] = "Open Circuit Voltage",
        [24] = "Chronoamperometry / Chronocoulometry",
        [25] = "Chronopotentiometry",
        [28] = "Wait",
        [29] = "Potentio Electrochemical Impedance Spectroscopy",
        [30] = "Galvano Electrochemical Impedance Spectroscopy",
        [50] = "IR compensation (PEIS)",
        [51] = "Cyclic Voltammetry Advanced",
        [108] = "Linear Sweep Voltammetry",
        [117] = "Constant Voltage",
        [118] = "Constant Current",
        [127] = "Modulo Bat",
    };

    public static string? Technique(ReadOnlySpan<byte> settings) => settings.Length > 0 && Techniques.TryGetValue(settings[0], out var name) ? name : null;

    public static JsonObject Settings(ReadOnlySpan<byte> settings)
    {
        var tree = new JsonObject();
        if (settings.Length > 0)
        {
            tree["technique"] = Technique(settings) ?? settings[0].ToString(CultureInfo.InvariantCulture);
        }

        Text(tree, "Comments", settings, 0x007);
        Number(tree, "Mass of active material/mg", settings, 0x107);
        Text(tree, "Electrode material", settings, 0x11E);
        Text(tree, "Electrolyte", settings, 0x1C0);
        Number(tree, "Electrode surface area/cm2", settings, 0x211);
        Text(tree, "Reference electrode", settings, 0x215);
        Number(tree, "Characteristic mass/mg", settings, 0x24C);
        return tree;
    }

    public static JsonObject Log(ReadOnlySpan<byte> log)
    {
        var tree = new JsonObject();
        Text(tree, "File", log, 0x251);
        Text(tree, "Host", log, 0x351);
        Text(tree, "Address", log, 0x384);
        Text(tree, "EC-Lab", log, 0x3B7);
        Text(tree, "Internet server", log, 0x3BE);
        Text(tree, "Command interpretor", log, 0x3C5);
        Text(tree, "Device SN", log, 0x3CF);
        return tree;
    }

    /// <summary>When the acquisition began: days since 1899-12-30 at one of four places, depending on the version of the program.</summary>
    public static string? StartedAt(ReadOnlySpan<byte> log)
    {
        foreach (var place in (ReadOnlySpan<int>)[465, 469, 473, 585])
        {
            if (place + 8 <= log.Length && BinaryPrimitives.ReadDoubleLittleEndian(log[place..]) is > EarliestDay and < LatestDay and var days)
            {
                var moment = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddMilliseconds(Math.Round(days * 86_400_000));
                return moment.ToString("yyyy-MM-ddTHH:mm:ss.FFF", CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>A length and that many characters; left out where they are no text.</summary>
    private static void Text(JsonObject tree, string name, ReadOnlySpan<byte> bytes, int at)
    {
        if (at >= bytes.Length || bytes[at] == 0 || at + 1 + bytes[at] > bytes.Length)
        {
            return;
        }

        var text = Encoding.Latin1.GetString(bytes.Slice(at + 1, bytes[at]));
        if (!text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
        {
            tree[name] = text;
        }
    }

    private static void Number(JsonObject tree, string name, ReadOnlySpan<byte> bytes, int at)
    {
        if (at + 4 <= bytes.Length)
        {
            tree[name] = MetadataTree.Leaf(BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]));
        }
    }
}
