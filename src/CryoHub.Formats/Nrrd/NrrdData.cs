using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Bzip2;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Nrrd;

/// <summary>Where the numbers are, attached or in files of their own, and what they are packed with; gives them as plain bytes.</summary>
internal static partial class NrrdData
{
    private const int MostFiles = 10_000;

    public static async Task<IByteSource> OpenAsync(ISourceFile file, NrrdHeader header, PixelType pixel, Int128 count, CancellationToken ct)
    {
        var need = count * pixel.Bytes();
        if (need > long.MaxValue)
        {
            throw ProblemException.Unreadable($"The header promises {count} numbers.");
        }

        var parts = Files(file, header).ToList();
        var encoding = header.Needed("encoding").ToLowerInvariant();
        List<IByteSource> sources = [];
        foreach (var (source, start) in parts)
        {
            var from = await SkipLinesAsync(source, start, header.Whole("line skip", "lineskip", 0), ct);
            var packed = new SliceSource(source, from, source.Length - from);
            sources.Add(await DecodeAsync(packed, encoding, header.Whole("byte skip", "byteskip", 0), pixel, (long)need / parts.Count, ct));
        }

        return sources is [var only] ? only : new JoinedSource(sources);
    }

    private static IEnumerable<(IByteSource Source, long Start)> Files(ISourceFile file, NrrdHeader header)
    {
        if (header.Text("data file", "datafile") is not { } stated)
        {
            return [(file.Bytes, header.Length)];
        }

        var names = stated.StartsWith("LIST", StringComparison.Ordinal) ? header.Listed
            : Numbered().Match(stated) is { Success: true } series ? Series(series)
            : [stated];
        return names.Count is > 0 and <= MostFiles
            ? names.Select(name => (file.Sibling(Path.GetFileName(name)) ?? throw ProblemException.Unreadable($"{file.Name} keeps its numbers in {name}, which did not come with it."), 0L))
            : throw ProblemException.Unreadable($"The header names {names.Count} data files; 1 to {MostFiles} are read.");
    }

    /// <summary>A pattern of C's printf with one %d, first, last and step.</summary>
    private static List<string> Series(System.Text.RegularExpressions.Match series)
    {
        List<string> names = [];
        var (first, last, step) = (Group("first"), Group("last"), Group("step"));
        var width = series.Groups["width"].Value.TrimStart('0') is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
        for (var number = (long)first; step != 0 && (step > 0 ? number <= last : number >= last) && names.Count <= MostFiles; number += step)
        {
            var digit = number.ToString(CultureInfo.InvariantCulture);
            var padded = series.Groups["width"].Value.StartsWith('0') ? digit.PadLeft(width, '0') : digit.PadLeft(width);
            names.Add(series.Groups["before"].Value + padded + series.Groups["after"].Value);
        }

        return names;

        int Group(string name) => int.Parse(series.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    private static async Task<long> SkipLinesAsync(IByteSource source, long at, long lines, CancellationToken ct)
    {
        var block = new byte[4096];
        while (lines > 0)
        {
            var count = (int)Math.Min(block.Length, source.Length - at);
            if (count <= 0)
            {
                throw ProblemException.Unreadable($"{lines} more lines are to be skipped; the file ends.");
            }

            await source.ReadAsync(at, block.AsMemory(0, count), ct);
            var end = block.AsSpan(0, count).IndexOf((byte)'\n');
            at += end < 0 ? count : end + 1;
            lines -= end < 0 ? 0 : 1;
        }

        return at;
    }

    private static async Task<IByteSource> DecodeAsync(IByteSource packed, string encoding, long skip, PixelType pixel, long need, CancellationToken ct)
    {
        switch (encoding)
        {
            case "raw":
                var start = skip == -1 ? packed.Length - need : skip;   // -1: the numbers are the end of the file
                return start >= 0 && need <= packed.Length - start ? new SliceSource(packed, start, need)
                    : throw ProblemException.Unreadable($"The header promises {need} bytes after {Math.Max(0, skip)} skipped ones; the file holds {packed.Length}.");
            case "gz" or "gzip":
                return Unpack(packed, () => new GZipStream(new ByteSourceStream(packed), CompressionMode.Decompress), 1040, skip, need);
            case "bz2" or "bzip2":
                return Unpack(packed, () => new Bzip2Stream(new ByteSourceStream(packed)), 1 << 17, skip, need);   // 900,000 equal bytes pack into some 40
            case "txt" or "text" or "ascii":
                return new MemoryByteSource(NrrdText.Numbers(await TextOf(packed, need, 64, ct), pixel, need));
            case "hex":
                return new MemoryByteSource(NrrdText.Hex(await TextOf(packed, need, 4, ct), need));
            default:
                throw ProblemException.Unreadable($"The numbers are encoded as \"{encoding}\"; known are raw, gzip, bzip2, text and hex.");
        }
    }

    private static SliceSource Unpack(IByteSource packed, Func<Stream> open, long bestRatio, long skip, long need)
    {
        var from = Math.Max(0, skip);   // -1 skips nothing in packed data
        return need <= (packed.Length + 64) * bestRatio && from < 1L << 40
            ? new SliceSource(new UnpackingSource(open, from + need), from, need)
            : throw ProblemException.Unreadable($"The header promises {need} bytes out of {packed.Length} packed ones; no packing can do that.");
    }

    /// <summary>A number takes at least one character and a blank, so that text shorter than that cannot hold what is promised.</summary>
    private static async Task<byte[]> TextOf(IByteSource packed, long need, int mostBytes, CancellationToken ct) =>
        packed.Length <= 1 << 28 && need / 8 <= packed.Length * mostBytes
            ? await packed.ReadBlockAsync(0, packed.Length, ct)
            : throw ProblemException.Unreadable($"The header promises {need} bytes of numbers; {packed.Length} characters of text are there.");

    [GeneratedRegex(@"^(?<before>.*)%(?<width>\d{0,3})d(?<after>\S*)\s+(?<first>-?\d{1,9})\s+(?<last>-?\d{1,9})\s+(?<step>-?\d{1,9})(\s+\d+)?$")]
    private static partial Regex Numbered();
}
