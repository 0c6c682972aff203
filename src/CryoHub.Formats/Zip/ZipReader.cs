using CryoHub.Formats.Bytes;
using CryoHub.Formats.PlainText;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Zip;

/// <summary>A zip archive around instrument files and their companions.</summary>
public sealed class ZipReader : IFormatReader
{
    private const int MostFiles = 100;

    public FormatInfo Format { get; } = new(
        "zip",
        "zip",
        [".zip"],
        "files of any other format with those that belong to them; one up to 512 MiB when unpacked, several up to 48 MiB plus 200 times the archive's size",
        "encrypted archives",
        "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT");

    // 0: "PK", 2: 3 and 4 for a file
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("PK\u0003\u0004"u8) ? Match.Maybe : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var directory = await ZipDirectory.ReadAsync(file.Bytes, ct);
        if (FolderArchive.RootOf(directory) is { } root)
        {
            throw ProblemException.Unreadable($"{file.Name} is a folder of zarr with {directory.Members.Count} files ({root.Name} at its root) that HyperSpy did not write; of zarr only HyperSpy's are read.");
        }

        var members = directory.Members.Where(member => member.Bytes > 0 && IsFile(member.Name)).ToList();
        Dictionary<string, IByteSource> files = [];
        foreach (var member in members)
        {
            var source = await directory.OpenAsync(member, ct);
            files.TryAdd(Path.GetFileName(member.Name), source is UnpackingSource ? new LateSource(source) : source);
        }

        var chosen = await ChooseAsync(file.Name, files, ct);
        return chosen is [var only] ? await OpenInnerAsync(new UnpackedFile(only, files[only], files.GetValueOrDefault), ct) : await SeveralAsync(file, chosen, files, ct);
    }

    private static async Task<IReadOnlyList<ISignal>> OpenInnerAsync(ISourceFile inner, CancellationToken ct) => await (await FormatCatalog.DetectAsync(inner, ct)).OpenAsync(inner, ct);

    /// <summary>Every file by itself; one that another has opened as its companion is not offered twice.</summary>
    private static async Task<IReadOnlyList<ISignal>> SeveralAsync(ISourceFile archive, IReadOnlyList<string> names, Dictionary<string, IByteSource> files, CancellationToken ct)
    {
        var bytes = names.Sum(name => files[name].Length);
        var most = Unpacked.MostOf(archive.Bytes.Length);
        if (names.Count > MostFiles || bytes > most)
        {
            throw ProblemException.Unreadable(
                $"{archive.Name} holds {names.Count} instrument files ({string.Join(", ", names.Take(5))}) of {bytes} bytes; at most {MostFiles} of {most} bytes are opened together: unpack it and choose.");
        }

        List<(string Name, IReadOnlyList<ISignal> Signals, HashSet<string> Asked)> opened = [];
        ProblemException? refused = null;
        foreach (var name in names)
        {
            HashSet<string> asked = [];
            try
            {
                var signals = await OpenInnerAsync(new UnpackedFile(name, files[name], Beside), ct);
                opened.Add((name, signals, asked));

                IByteSource? Beside(string sibling)
                {
                    asked.Add(sibling);
                    return files.GetValueOrDefault(sibling);
                }
            }
            catch (ProblemException problem) when (problem.Kind == ProblemKind.Unreadable)
            {
                refused ??= problem;
            }
        }

        // The file of more signals stands for its companions; of two that know each other equally well the first.
        List<(string Name, ISignal Signal)> all = [];
        HashSet<string> known = [];
        foreach (var (name, signals, asked) in opened.OrderByDescending(file => file.Asked.Any(files.ContainsKey)).ThenByDescending(file => file.Signals.Count).ThenBy(file => file.Name, StringComparer.Ordinal))
        {
            if (!known.Contains(name))
            {
                known.UnionWith(asked);
                all.AddRange(signals.Select(signal => (name, signal)));
            }
        }

        return all.Count > 0 ? [.. all.OrderBy(found => found.Name, StringComparer.Ordinal).Select(found => Named(found.Signal, found.Name))] : throw refused ?? ProblemException.Unreadable($"{archive.Name} holds no signal.");
    }

    private static JoinedSignal Named(ISignal signal, string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        var name = signal.Header.Name;
        return new JoinedSignal(signal.Header with { Name = name.Contains(stem, StringComparison.Ordinal) ? name : $"{stem}: {name}" }, [signal]);
    }

    private static bool IsFile(string name) =>
        !name.EndsWith('/') && !name.StartsWith("__MACOSX", StringComparison.Ordinal) && !Path.GetFileName(name).StartsWith('.');

    /// <summary>Of each name up to the ending the member that a reader knows best; plain text (a readme) only where there is nothing else.</summary>
    private static async Task<IReadOnlyList<string>> ChooseAsync(string archive, Dictionary<string, IByteSource> files, CancellationToken ct)
    {
        List<(string Name, IFormatReader Reader, Match Match)> known = [];
        foreach (var (name, source) in files)
        {
            var head = await source.ReadBlockAsync(0, Math.Min(4096, source.Length), ct);
            var best = FormatCatalog.Readers.Where(reader => reader is not ZipReader).Select(reader => (Reader: reader, Match: reader.Recognise(head, name))).MaxBy(found => found.Match);
            if (best.Match > Match.No)
            {
                known.Add((name, best.Reader, best.Match));
            }
        }

        var instruments = known.Where(found => found.Reader is not PlainTextReader).ToList();
        return known.Count == 0 ? throw ProblemException.Unreadable($"No reader knows any of the {files.Count} files in {archive}: {string.Join(", ", files.Keys.Take(5))}.")
            : [.. (instruments.Count > 0 ? instruments : known).GroupBy(found => Path.GetFileNameWithoutExtension(found.Name)).Select(stem => stem.MaxBy(found => found.Match).Name).Order(StringComparer.Ordinal)];
    }
}
