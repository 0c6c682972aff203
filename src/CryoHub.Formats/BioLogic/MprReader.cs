using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.BioLogic;

/// <summary>EC-Lab's binary files (.mpr): modules for settings, data, log and loops.</summary>
public sealed class MprReader : IFormatReader
{
    private const long LargestSettings = 1 << 20;
    private const int LoopsInTree = 10_000;

    public FormatInfo Format { get; } = new(
        "biologic-mpr", "BioLogic EC-Lab, binary", [".mpr"],
        "The data table with every known column number, the flags taken apart, loops, what settings and log state at known places; data modules of version 0, 2, 3, 10, 11",
        "Parameters of the techniques; columns after one of unknown width", "https://dgbowl.github.io/yadg/master/apidoc/yadg.extractors.eclab.mpr.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("BIO-LOGIC MODULAR FILE"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var modules = await MprModule.ReadAllAsync(file.Bytes, ct);
        var module = modules.Find(candidate => candidate.Name.StartsWith("VMP data", StringComparison.Ordinal))
            ?? throw ProblemException.Unreadable($"{file.Name} has {modules.Count} modules and no data: {string.Join(", ", modules.Select(other => other.Name))}.");
        var data = MprData.Parse(module, await file.Bytes.ReadBlockAsync(module.Offset, module.Length, ct));
        var settings = await BlockAsync("VMP settings");
        var log = await BlockAsync("VMP LOG");
        var original = Original(modules, data, settings, log, await BlockAsync("VMP expt. loop indexes"));
        var metadata = new AcquisitionMetadata { AcquiredAt = MprSettings.StartedAt(log) };
        var name = Path.GetFileNameWithoutExtension(file.Name);
        if (data.Rows == 0)
        {
            return [DocumentSignal.Of(name, original.Root.ToJsonString(), metadata, original)];
        }

        var columns = data.Columns();
        var kind = columns.Any(column => column.Column.Name == "freq/Hz") || columns.All(column => column.Column.Name != "time/s") ? SignalKind.Table : SignalKind.Trace;
        var flags = data.Flags(columns);
        var table = TableSignal.Of(name, kind, columns, metadata, original);
        return flags.Count == 0 ? [table] : [table, TableSignal.Of($"{name}, flags", SignalKind.Table, flags, metadata, original)];

        async Task<byte[]> BlockAsync(string wanted) => modules.Find(candidate => candidate.Name == wanted) is { } found
            ? await file.Bytes.ReadBlockAsync(found.Offset, Math.Min(found.Length, LargestSettings), ct)
            : [];
    }

    private static MetadataTree Original(List<MprModule> modules, MprData data, byte[] settings, byte[] log, byte[] loops)
    {
        var tree = new JsonObject
        {
            ["settings"] = MprSettings.Settings(settings),
            ["log"] = MprSettings.Log(log),
            ["columns"] = new JsonArray([.. data.Ids.Select(id => JsonValue.Create(id))]),
            ["modules"] = new JsonArray([.. modules.Select(module =>
                new JsonObject { ["name"] = module.Name, ["version"] = module.Version, ["date"] = module.Date, ["bytes"] = module.Length })]),
        };
        if (loops.Length >= 4)
        {
            var count = Math.Min(Math.Min(BitConverter.ToUInt32(loops), LoopsInTree), (uint)(loops.Length - 4) / 4);
            tree["loops"] = new JsonArray([.. Enumerable.Range(0, (int)count).Select(i => JsonValue.Create(BitConverter.ToUInt32(loops, 4 + (4 * i))))]);
        }

        return new MetadataTree(tree);
    }
}
