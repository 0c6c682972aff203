using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Vamas;

/// <summary>One block: a region of one technique with its settings and its ordinates.</summary>
internal static class VamasBlock
{
    private static readonly string[] Date = ["year", "month", "day", "hours", "minutes", "seconds", "hours in advance of Greenwich Mean Time"];
    private static readonly string[] SputterKeys = ["sputtering source energy", "sputtering source beam current", "sputtering source width x", "sputtering source width y", "sputtering source polar angle", "sputtering source azimuth"];

    public static TableSignal Read(VamasLines lines, VamasHeader header, string file, bool isFirst)
    {
        var tree = new JsonObject { ["block identifier"] = lines.Text("block identifier"), ["sample identifier"] = lines.Text("sample identifier") };
        var moment = Moment(lines, tree, Part);
        Part(8);
        tree["block comment"] = string.Join('\n', lines.Texts(lines.Entries("number of lines in block comment"), "a line of the block comment"));
        Part(9);
        var technique = lines.Text("technique");
        tree["technique"] = technique;
        Part(10);
        if (header.IsMap)
        {
            Counts("x coordinate", "y coordinate");
        }

        Part(11);
        foreach (var variable in header.Variables)
        {
            tree[variable] = MetadataTree.Leaf(lines.Number(variable));
        }

        Part(12);
        tree["analysis source label"] = lines.Text("analysis source label");
        Part(13);
        if (header.Mode is "MAPDP" or "MAPSVDP" or "SDP" or "SDPSV" || technique is "FABMS" or "FABMS energy spec" or "ISS" or "SIMS" or "SIMS energy spec" or "SNMS" or "SNMS energy spec")
        {
            Counts("sputtering ion or atom atomic number", "number of atoms in sputtering ion", "sputtering ion charge");
        }

        Part(14);
        Numbers("analysis source characteristic energy");
        Part(15);
        Numbers("analysis source strength");
        Part(16);
        Numbers("analysis source beam width x", "analysis source beam width y");
        Part(17);
        if (header.Mode is "MAP" or "MAPDP" or "MAPSV" or "MAPSVDP" or "SEM")
        {
            Numbers("field of view x", "field of view y");
        }

        Part(18);
        if (header.Mode is "MAPSV" or "MAPSVDP" or "SEM")
        {
            Counts("first linescan start x", "first linescan start y", "first linescan finish x", "first linescan finish y", "last linescan finish x", "last linescan finish y");
        }

        Part(19);
        Numbers("analysis source polar angle of incidence");
        Part(20);
        Numbers("analysis source azimuth");
        Part(21);
        tree["analyser mode"] = lines.Text("analyser mode");
        Part(22);
        Numbers("analyser pass energy or retard ratio or mass resolution");
        Part(23);
        if (technique == "AES diff")
        {
            Numbers("differential width");
        }

        Part(24);
        Numbers("magnification of analyser transfer lens");
        Part(25);
        Numbers("analyser work function or acceptance energy");
        Part(26);
        Numbers("target bias");
        Part(27);
        Numbers("analysis width x", "analysis width y");
        Part(28);
        Numbers("analyser axis take off polar angle", "analyser axis take off azimuth");
        Part(29);
        tree["species label"] = lines.Text("species label");
        Part(30);
        tree["transition or charge state label"] = lines.Text("transition or charge state label");
        Counts("charge of detected particle");
        Part(31);
        var abscissa = header.ScanMode == "REGULAR" ? Abscissa() : null;
        Part(32);
        var variables = new (string Label, string Unit)[Positive(lines.Entries("number of corresponding variables"), "number of corresponding variables")];
        for (var i = 0; i < variables.Length; i++)
        {
            variables[i] = (lines.Text("label of a corresponding variable"), Unit(lines.Text("its unit")));
        }

        Part(33);
        tree["signal mode"] = lines.Text("signal mode");
        Part(34);
        Numbers("signal collection time");
        Part(35);
        Numbers("number of scans to compile this block");
        Part(36);
        Numbers("signal time correction");
        Part(37);
        if (technique is "AES diff" or "AES dir" or "EDX" or "ELS" or "UPS" or "XPS" or "XRF" && header.Mode is "MAPDP" or "MAPSVDP" or "SDP" or "SDPSV")
        {
            Numbers(SputterKeys);
            tree["sputtering mode"] = lines.Text("sputtering mode");
        }

        Part(38);
        Numbers("sample normal polar angle of tilt", "sample normal tilt azimuth");
        Part(39);
        Numbers("sample rotation angle");
        Part(40);
        for (var more = lines.Entries("number of additional numerical parameters"); more > 0; more--)
        {
            var label = lines.Text("label of an additional parameter");
            _ = lines.Text("its unit");
            tree[label] = MetadataTree.Leaf(lines.Number(label));
        }

        lines.NoPart();
        _ = lines.Texts(header.BlockUpgrades, "a future upgrade entry");
        var columns = Columns(lines, variables, abscissa);
        var name = string.Join(", ", ((string[])[file, tree["sample identifier"]!.ToString(), tree["block identifier"]!.ToString()]).Where(part => part.Length > 0).Distinct());
        var time = tree["signal collection time"];
        var metadata = new AcquisitionMetadata
        {
            AcquiredAt = moment,
            Instrument = header.Tree["instrument model identifier"]!.ToString() is { Length: > 0 } model && model != "Not Specified" ? model : null,
            ExposureS = time is JsonValue seconds && seconds.TryGetValue(out double s) && s > 0 ? s : null,
        };
        return TableSignal.Of(name, SignalKind.Trace, columns, metadata, new MetadataTree(new JsonObject { ["experiment"] = header.Tree.DeepClone(), ["block"] = tree }));

        void Part(int number) => lines.Part(number, isFirst || header.Stated[number]);

        void Numbers(params ReadOnlySpan<string> keys)
        {
            foreach (var key in keys)
            {
                tree[key] = lines.Known(key) is { } known ? MetadataTree.Leaf(known) : null;
            }
        }

        void Counts(params ReadOnlySpan<string> keys)
        {
            foreach (var key in keys)
            {
                tree[key] = lines.Count(key);
            }
        }

        (string Label, string Unit, double Start, double Step)? Abscissa()
        {
            var found = (Label: lines.Text("abscissa label"), Unit: Unit(lines.Text("abscissa units")), Start: lines.Number("abscissa start"), Step: lines.Number("abscissa increment"));
            (tree["abscissa start"], tree["abscissa increment"]) = (MetadataTree.Leaf(found.Start), MetadataTree.Leaf(found.Step));
            return found;
        }
    }

    /// <summary>Ordinates stand point by point, all variables of one point together; where the abscissa is not regular it is the first of them.</summary>
    private static List<TableColumn> Columns(VamasLines lines, (string Label, string Unit)[] variables, (string Label, string Unit, double Start, double Step)? abscissa)
    {
        var values = lines.Entries("number of ordinate values");
        if (values == 0 || values % variables.Length != 0)
        {
            throw ProblemException.Unreadable($"A block states {values} ordinate values of {variables.Length} variables: no whole number of points.");
        }

        for (var i = 0; i < 2 * variables.Length; i++)
        {
            lines.Number("least or greatest ordinate");
        }

        var points = values / variables.Length;
        double[][] numbers = [.. variables.Select(_ => new double[points])];
        for (var point = 0; point < points; point++)
        {
            foreach (var column in numbers)
            {
                column[point] = lines.Number("an ordinate");
            }
        }

        List<TableColumn> columns = [.. variables.Select((variable, i) => new TableColumn(variable.Label, variable.Unit, numbers[i]))];
        if (abscissa is { } regular)
        {
            columns.Insert(0, new TableColumn(regular.Label, regular.Unit, [.. Enumerable.Range(0, points).Select(i => regular.Start + (i * regular.Step))]));
        }

        return columns;
    }

    private static int Positive(int count, string what) => count > 0 ? count : throw ProblemException.Unreadable($"A block states {count} as {what}; at least one was expected.");

    /// <summary>As the file states it, no zone added; <c>null</c> where it states no real moment.</summary>
    private static string? Moment(VamasLines lines, JsonObject tree, Action<int> part)
    {
        var parts = new double[Date.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            part(i + 1);
            parts[i] = lines.Number(Date[i]);
            tree[Date[i]] = MetadataTree.Leaf(parts[i]);
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{parts[0]:0000}-{parts[1]:00}-{parts[2]:00}T{parts[3]:00}:{parts[4]:00}:{parts[5]:00}");
        return DateTime.TryParseExact(text, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;
    }

    /// <summary>The standard's words for units: d = dimensionless, c/s = counts a second; n = not specified.</summary>
    private static string Unit(string word) => word switch { "d" or "n" => "", "c/s" => "1/s", "s" => "s", "degree" => "deg", _ => word };
}
