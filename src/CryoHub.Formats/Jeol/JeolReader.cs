using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jeol;

/// <summary>JEOL Analysis Station: projects (.asw), images (.img), element maps (.map), spectrum maps (.pts) and spectra (.eds).</summary>
public sealed class JeolReader : IFormatReader
{
    private const int MostFiles = 10_000;

    public FormatInfo Format { get; } = new(
        "jeol", "JEOL Analysis Station", [".asw", ".img", ".map", ".pts", ".eds"],
        "images, element maps, spectra and spectrum maps (complete sweeps added up, with their electron image); a project opens the files that came with it",
        "the sweeps of a spectrum map one by one", "https://hyperspy.org/rosettasciio/supported_formats/jeol.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => KindOf(head) switch
    {
        Kind.None => Match.No,
        Kind.Spectrum when !fileName.EndsWith(".eds", StringComparison.OrdinalIgnoreCase) => Match.No,
        _ => Match.Certain,
    };

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var head = new byte[(int)Math.Min(64, file.Bytes.Length)];
        await file.Bytes.ReadAsync(0, head, ct);
        return KindOf(head) == Kind.Project ? await ProjectAsync(file, ct) : await FileAsync(file.Bytes, KindOf(head), file.Name, ct);
    }

    private static async Task<IReadOnlyList<ISignal>> FileAsync(IByteSource bytes, Kind kind, string fileName, CancellationToken ct)
    {
        var name = Path.GetFileNameWithoutExtension(fileName);
        return kind switch
        {
            Kind.Image => [await JeolImage.OpenAsync(bytes, name, ct)],
            Kind.Map => await JeolMap.OpenAsync(bytes, name, ct),
            Kind.Spectrum => [await JeolSpectrum.OpenAsync(bytes, name, ct)],
            _ => throw ProblemException.Unreadable($"{fileName} begins like none of Analysis Station's files."),
        };
    }

    /// <summary>A project names its files as sample\view\file; they are looked for by their last name.</summary>
    private static async Task<IReadOnlyList<ISignal>> ProjectAsync(ISourceFile project, CancellationToken ct)
    {
        var tree = await JeolTree.ReadAsync(project.Bytes, 12, ct);
        var names = (tree.Find("SampleInfo")?.Children ?? []).SelectMany(sample => sample.Find("ViewInfo")?.Children ?? []).SelectMany(view => view.Find("ViewData")?.Children ?? [])
            .Select(data => data.Find("Filename")?.Text?.Split('\\')[^1]).OfType<string>().Distinct().Take(MostFiles).ToList();
        List<ISignal> signals = [];
        foreach (var name in names)
        {
            if (project.Member(name) is not { } member)
            {
                continue;
            }

            var head = new byte[(int)Math.Min(64, member.Length)];
            await member.ReadAsync(0, head, ct);
            if (KindOf(head) is var kind and not (Kind.None or Kind.Project))
            {
                signals.AddRange(await FileAsync(member, kind, name, ct));
            }
        }

        return signals.Count > 0 ? signals
            : throw ProblemException.Unreadable($"{project.Name} names {names.Count} files ({string.Join(", ", names.Take(5))}{(names.Count > 5 ? " ..." : "")}); none of them came with it.");
    }

    private static Kind KindOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < 36)
        {
            return Kind.None;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(head) switch
        {
            52 when head[4..].StartsWith("JED-2200"u8) => Kind.Image,
            304 when head[4..].StartsWith("PTTDFILE"u8) => Kind.Map,
            2 when BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) == 2 && BinaryPrimitives.ReadDoubleLittleEndian(head[10..]) is > 20_000 and < 100_000 => Kind.Spectrum,
            0 when head[4..12].IndexOfAnyExcept((byte)0) < 0 && head[12] == 1 && head[17..].StartsWith("FileType\0"u8) => Kind.Project,
            _ => Kind.None,
        };
    }

    private enum Kind { None, Project, Image, Map, Spectrum }
}
