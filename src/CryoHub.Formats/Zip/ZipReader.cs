using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Zip;

/// <summary>A zip archive around one instrument file and its companions.</summary>
public sealed class ZipReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "zip",
        "zip",
        [".zip"],
        "one file of any other format with the files that belong to it; up to 512 MiB when unpacked",
        "several instrument files in one archive, encrypted archives",
        "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT");

    // 0: "PK", 2: 3 and 4 for a file
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("PK\u0003\u0004"u8) ? Match.Maybe : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var directory = await ZipDirectory.ReadAsync(file.Bytes, ct);
        var members = directory.Members.Where(member => member.Bytes > 0 && IsFile(member.Name)).ToList();
        Dictionary<string, IByteSource> files = [];
        foreach (var member in members)
        {
            var source = await directory.OpenAsync(member, ct);
            files.TryAdd(Path.GetFileName(member.Name), source is UnpackingSource ? new LateSource(source) : source);
        }

        var name = await ChooseAsync(file.Name, files, ct);
        var inner = new UnpackedFile(name, files[name], files.GetValueOrDefault);
        return await (await FormatCatalog.DetectAsync(inner, ct)).OpenAsync(inner, ct);
    }

    private static bool IsFile(string name) =>
        !name.EndsWith('/') && !name.StartsWith("__MACOSX", StringComparison.Ordinal) && !Path.GetFileName(name).StartsWith('.');

    /// <summary>The member that a reader knows best; companions share its name up to the ending.</summary>
    private static async Task<string> ChooseAsync(string archive, Dictionary<string, IByteSource> files, CancellationToken ct)
    {
        List<(string Name, Match Match)> known = [];
        foreach (var (name, source) in files)
        {
            var head = await source.ReadBlockAsync(0, Math.Min(4096, source.Length), ct);
            var best = FormatCatalog.Readers.Where(reader => reader is not ZipReader).Max(reader => reader.Recognise(head, name));
            if (best > Match.No)
            {
                known.Add((name, best));
            }
        }

        var stems = known.Select(found => Path.GetFileNameWithoutExtension(found.Name)).Distinct().ToList();
        return stems.Count switch
        {
            1 => known.OrderByDescending(found => found.Match).First().Name,
            0 => throw ProblemException.Unreadable($"No reader knows any of the {files.Count} files in {archive}: {string.Join(", ", files.Keys.Take(5))}."),
            _ => throw ProblemException.Unreadable($"{archive} holds {stems.Count} instrument files ({string.Join(", ", stems.Take(5))}): unpack it and choose one."),
        };
    }
}
