using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Vamas;

/// <summary>What stands before the blocks, in the order of ISO 14976.</summary>
internal sealed record VamasHeader(
    JsonObject Tree, string Mode, string ScanMode, IReadOnlyList<string> Variables, IReadOnlyList<bool> Stated, int BlockUpgrades, int Blocks)
{
    /// <summary>Parts of a block that later blocks may leave out, numbered from 1.</summary>
    public const int Parts = 40;

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

        var stated = Listed(lines);
        _ = lines.Texts(lines.Entries("number of manually entered items"), "a manually entered item");
        var upgrades = lines.Entries("number of future upgrade experiment entries");
        var blockUpgrades = lines.Entries("number of future upgrade block entries");
        _ = lines.Texts(upgrades, "a future upgrade entry");
        return new(tree, mode, scan, variables, stated, blockUpgrades, lines.Entries("number of blocks"));
    }

    /// <summary>
    /// Which parts blocks after the first state. A positive number of entries lists those that they do, a negative one those that they leave out;
    /// without a list every block is complete. Index 0 is not used.
    /// </summary>
    private static bool[] Listed(VamasLines lines)
    {
        const string What = "number of entries in the parameter list";
        var entries = lines.Count(What);
        if (Math.Abs((long)entries) > Parts)
        {
            throw ProblemException.Unreadable($"The file states {entries} as {What}; a block has {Parts} parts.");
        }

        var stated = new bool[Parts + 1];
        stated.AsSpan().Fill(entries <= 0);
        for (var i = 0; i < Math.Abs(entries); i++)
        {
            var part = lines.Count("an entry of the parameter list");
            if (part is < 1 or > Parts)
            {
                throw ProblemException.Unreadable($"The parameter list names part {part}; a block has the parts 1 to {Parts}.");
            }

            stated[part] = entries > 0;
        }

        return stated;
    }
}
