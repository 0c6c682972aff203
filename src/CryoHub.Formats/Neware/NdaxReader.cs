using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CryoHub.Formats.Xml;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;

namespace CryoHub.Formats.Neware;

/// <summary>Neware's archives (.ndax): binary members for data, run information, steps and channels beside the cell, and descriptions in XML.</summary>
public sealed partial class NdaxReader : IFormatReader
{
    private const int LeastRows = 250_000;

    private static readonly string[] Descriptions = ["VersionInfo.xml", "TestInfo.xml", "Step.xml"];

    public FormatInfo Format { get; } = new(
        "neware-ndax", "Neware, archive", [".ndax"],
        "Data of versions 1 to 3, 5, 6, 11 to 14, 16 and 17 with run information, steps and channels beside the cell; rows that testers leave out are filled as in the vendor's exports", "",
        "https://github.com/d-cogswell/NewareNDA");

    /// <summary>A zip archive that names one of the members at its beginning; others are told by their ending.</summary>
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        !head.StartsWith("PK"u8) ? Match.No
        : fileName.EndsWith(".ndax", StringComparison.OrdinalIgnoreCase) || head.IndexOf(".ndc"u8) >= 0 ? Match.Certain
        : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var members = await ZipDirectory.ReadAsync(file.Bytes, ct);
        var original = new JsonObject();
        foreach (var name in Descriptions)
        {
            if (await members.TakeAsync(name, ct) is { } xml)
            {
                original[name] = Description(xml, name);
            }
        }

        var data = await MemberAsync("data.ndc") ?? throw ProblemException.Unreadable($"{file.Name} has no data.ndc; its members are {string.Join(", ", members.Members.Take(8).Select(member => member.Name))}.");
        NewareRow[] rows = [.. NdcTables.Data(data, LeastRows + file.Bytes.Length)];
        var runInfo = await MemberAsync("data_runInfo.ndc");
        var steps = await MemberAsync("data_step.ndc");
        if (runInfo is not null)
        {
            Join(rows, NdcTables.RunInfo(runInfo));
            original["filled rows"] = NewareGaps.Fill(rows);
        }

        NewareRun.CountSteps(rows);
        if (steps is not null)
        {
            Join(rows, NdcTables.Steps(steps));
        }

        NewareRun.CountCycles(rows);
        var extras = new Auxiliary();
        await ReadExtrasAsync();
        return [new NewareRun(rows, runInfo is not null || data.Version == 6, extras.Columns(rows)).Table(Path.GetFileNameWithoutExtension(file.Name), new MetadataTree(original))];

        async Task<NdcFile?> MemberAsync(string name) => await members.TakeAsync(name, ct) is { } bytes ? new NdcFile(name, bytes) : null;

        async Task ReadExtrasAsync()
        {
            var names = members.Members.Select(member => (member.Name, Order: Order(member.Name))).Where(member => member.Order is not null).OrderBy(member => member.Order).Select(member => member.Name).ToList();
            var channels = Channels(await members.TakeAsync("TestInfo.xml", ct));
            for (var i = 0; i < names.Count; i++)
            {
                var (channel, type) = channels.Count == names.Count ? channels[i] : (null, 0);
                if (await MemberAsync(names[i]) is { Content: 5 } extra)
                {
                    NdcTables.Auxiliary(extra, channel ?? (extra.Version >= 6 ? i + 1 : null), NewareCodes.Channel(type) ?? "?", extras);
                }
            }
        }
    }

    /// <summary>What the run information states about a row; a row without keeps the step of the row before.</summary>
    private static void Join(NewareRow[] rows, Dictionary<uint, NewareRow> runInfo)
    {
        var step = double.NaN;
        for (var i = 0; i < rows.Length; i++)
        {
            if (runInfo.TryGetValue(rows[i].Index, out var stated))
            {
                (stated.Voltage, stated.Current) = (rows[i].Voltage, rows[i].Current);
                rows[i] = stated;
                step = stated.Step;
            }

            rows[i].Step = step;
        }
    }

    private static void Join(NewareRow[] rows, List<NewareRow> steps)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Step >= 1 && rows[i].Step <= steps.Count)
            {
                var step = steps[(int)rows[i].Step - 1];
                (rows[i].StepIndex, rows[i].Status) = (step.StepIndex, step.Status);
            }
        }
    }

    private static JsonNode? Description(byte[] xml, string name)
    {
        try
        {
            return XmlJson.Convert(SafeXml.Parse(xml, name));
        }
        catch (ProblemException broken)
        {
            return JsonValue.Create(broken.Message);    // the numbers are read without
        }
    }

    /// <summary>Number and kind of each channel beside the cell, in the order of their files.</summary>
    private static List<(int? Id, int Type)> Channels(byte[]? testInfo)
    {
        try
        {
            return testInfo is null ? [] : [.. SafeXml.Parse(testInfo, "TestInfo.xml").Descendants("TestInfo").Elements()
                .Where(element => element.Name.LocalName.StartsWith("Aux", StringComparison.OrdinalIgnoreCase))
                .Select(element => (Number(element, "AuxID"), Number(element, "ChlType") ?? 0))];
        }
        catch (ProblemException)
        {
            return [];
        }
    }

    private static int? Number(XElement element, string name) =>
        int.TryParse(element.Attribute(name)?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The numbers at the end of a channel's file sort the channels; <c>null</c> for other members.</summary>
    private static (long First, long Second, long Third)? Order(string name) =>
        AuxiliaryName().Match(name) is { Success: true } found ? (Parsed(found, 1), Parsed(found, 2), Parsed(found, 3))
        : NumberedName().Match(name) is { Success: true } numbered ? (Parsed(numbered, 1), 0, 0)
        : null;

    private static long Parsed(System.Text.RegularExpressions.Match found, int group) => long.TryParse(found.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    [GeneratedRegex(@"data_AUX_(\d+)_(\d+)_(\d+)\.ndc$")]
    private static partial Regex AuxiliaryName();

    [GeneratedRegex(@"_(\d+)\.ndc$")]
    private static partial Regex NumberedName();
}
