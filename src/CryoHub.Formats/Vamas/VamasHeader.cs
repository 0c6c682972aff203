using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Vamas;

/// <summary>What stands before the blocks, in the order of ISO 14976.</summary>
internal sealed record VamasHeader(JsonObject Tree, string Mode, string ScanMode, IReadOnlyList<string> Variables, int BlockUpgrades, int Blocks)
{
    public const string Identifier = "VAMAS Surface Chemical Analysis Standard Data Transfer Format 1988 May 4";

    public bool IsMap => Mode is "MAP" or "MAPDP";

    public static VamasHeader Read(VamasLines lines)
    {
        var tree = new JsonObject { ["format identifier"] = lines.Text("the format identifier") };
        foreach (var key in (string[])["institution identifier", "instrument model identifier", "operator identifier", "experiment identifier"])
        {
            tree[key] = lines.Text(key);
        }

        tree["comment"] = string.Join('\n', lines.Texts(lines.Entries("number of lines in comment"), "a line of the comment"));
        var mode = lines.Text("experiment mode").ToUpperInvariant();
        var scan = lines.Text("scan mode").ToUpperInvariant();
        (tree["experiment mode"], tree["scan mode"]) = (mode, scan);
        if (mode is not ("MAP" or "MAPDP" or "MAPSV" or "MAPSVDP" or "NORM" or "NOEXP" or "SDP" or "SDPSV" or "SEM") || scan is not ("REGULAR" or "IRREGULAR" or "MAPPING"))
        {
            throw ProblemException.Unreadable($"The file states experiment mode '{mode[..Math.Min(20, mode.Length)]}' and scan mode '{scan[..Math.Min(20, scan.Length)]}', which ISO 14976 does not know.");
        }

        if (mode is "MAP" or "MAPDP" or "NORM" or "SDP")
        {
            tree["number of spectral regions"] = lines.Count("number of spectral regions");
        }

        if (mode is "MAP" or "MAPDP")
        {
            foreach (var key in (string[])["number of analysis positions", "number of discrete x coordinates", "number of discrete y coordinates"])
            {
                tree[key] = lines.Count(key);
            }
        }

        var variables = new string[lines.Entries("number of experimental variables")];
        for (var i = 0; i < variables.Length; i++)
        {
            variables[i] = lines.Text("label of an experimental variable");
            tree[FormattableString.Invariant($"experimental variable {i + 1}")] = $"{variables[i]} ({lines.Text("its unit")})";
        }

        var listed = lines.Count("number of entries in the parameter list");
        if (listed != 0)
        {
            throw ProblemException.Unreadable($"The file leaves {Math.Abs((long)listed)} parameters out of its later blocks by a list; only files whose blocks are complete are read.");
        }

        _ = lines.Texts(lines.Entries("number of manually entered items"), "a manually entered item");
        var upgrades = lines.Entries("number of future upgrade experiment entries");
        var blockUpgrades = lines.Entries("number of future upgrade block entries");
        _ = lines.Texts(upgrades, "a future upgrade entry");
        return new(tree, mode, scan, variables, blockUpgrades, lines.Entries("number of blocks"));
    }
}
