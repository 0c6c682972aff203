using System.IO.Compression;

namespace CryoHub.Imaging.Shapes.Files;

/// <summary>Small files out of a zip archive that is held in memory, each unpacked only as far as the limits go, whatever the directory claims.</summary>
internal static class SmallZip
{
    private const int MostEntries = 200_000;
    private const long MostUnpacked = 64L << 20;

    /// <summary>Files with that ending in the order of the archive; others are told by <paramref name="skipped"/>.</summary>
    /// <exception cref="ProblemException">The archive is damaged, or unpacks to more than the limits.</exception>
    public static IEnumerable<(string Name, byte[] Bytes)> Read(ReadOnlyMemory<byte> archive, string archiveName, string ending, int largest, Action skipped)
    {
        using var zip = Guard(() => new ZipArchive(new MemoryStream(archive.ToArray(), writable: false)));
        var entries = Guard(() => zip.Entries);
        if (entries.Count > MostEntries)
        {
            throw ProblemException.Invalid($"\"{archiveName}\" holds {entries.Count:N0} files; {MostEntries:N0} is the limit.");
        }

        var left = MostUnpacked;
        foreach (var entry in entries)
        {
            if (!entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) || entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))
            {
                if (entry.Name.Length > 0)
                {
                    skipped();
                }

                continue;
            }

            var bytes = Guard(() => Unpack(entry, (int)Math.Min(largest, left)));
            left -= bytes.Length;
            yield return (entry.Name, bytes);
        }

        T Guard<T>(Func<T> act)
        {
            try
            {
                return act();
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
            {
                throw ProblemException.Invalid($"The archive \"{archiveName}\" is cut or damaged: {e.Message}");
            }
        }

        byte[] Unpack(ZipArchiveEntry entry, int most)
        {
            using var from = entry.Open();
            using var to = new MemoryStream();
            var block = new byte[16 << 10];
            for (var count = from.Read(block); count > 0; count = from.Read(block))
            {
                if (to.Length + count > most)
                {
                    throw ProblemException.Invalid($"\"{entry.Name}\" of \"{archiveName}\" unpacks to more than {most:N0} bytes, which no selection needs.");
                }

                to.Write(block, 0, count);
            }

            return to.ToArray();
        }
    }
}
