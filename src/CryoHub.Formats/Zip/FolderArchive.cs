using System.Buffers;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Zip;

/// <summary>
/// A folder of zarr as one zip archive of stored members, made up while it is read: nothing is written beside the folder. The bytes follow from names and
/// contents alone, so an archive that was sent in part goes on where it stopped, and every file's own bytes stand in it unchanged. Documents come before chunks.
/// </summary>
public sealed class FolderArchive : IByteSource
{
    private static readonly string[] Roots = [".zgroup", ".zarray", "zarr.json"];
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    private readonly string folder;
    private readonly Member[] members;
    private readonly byte[] directory;
    private readonly long directoryAt;

    private FolderArchive(string folder, Member[] members)
    {
        (this.folder, this.members) = (folder, members);
        directoryAt = members[^1].End;
        using var entries = new MemoryStream();
        foreach (var member in members)
        {
            entries.Write(ZipEntryBytes.Central(member.NameBytes, member.Crc, member.Size, member.Offset));
        }

        entries.Write(ZipEntryBytes.End(members.Length, directoryAt, entries.Length));
        directory = entries.ToArray();
    }

    public long Length => directoryAt + directory.Length;

    /// <summary>True for a folder that is a zarr hierarchy of version 2 or 3: the documents of its root tell.</summary>
    public static bool Is(string folder) => Roots.Any(name => File.Exists(Path.Combine(folder, name)));

    /// <summary>The document that makes an archive a packed folder of zarr; <c>null</c> for other archives.</summary>
    internal static ZipMember? RootOf(ZipDirectory archive) => archive.Members.FirstOrDefault(member => Roots.Contains(member.Name));

    /// <summary>Name of the archive: HyperSpy's folders and archives have the same ending, others say that they are packed.</summary>
    public static string NameOf(string folder) => folder.EndsWith(".zspy", StringComparison.OrdinalIgnoreCase) ? folder : $"{folder}.zip";

    /// <summary>Reads every file once, for its checksum.</summary>
    /// <exception cref="ProblemException">Empty, or more files than an archive is read with.</exception>
    public static async Task<FolderArchive> OfAsync(string folder, CancellationToken ct)
    {
        var names = Directory.EnumerateFiles(folder, "*", All).Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .OrderBy(name => !IsDocument(name)).ThenBy(name => name, StringComparer.Ordinal).ToArray();
        if (names.Length is 0 or > ZipDirectory.MostMembers)
        {
            throw ProblemException.Unreadable($"{folder} holds {names.Length} files; a folder of 1 to {ZipDirectory.MostMembers} can be sent as one.");
        }

        var members = new Member[names.Length];
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        var offset = 0L;
        for (var i = 0; i < names.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            members[i] = await MemberAsync(folder, names[i], offset, buffer, ct);
            offset = members[i].End;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return new FolderArchive(folder, members);
    }

    /// <exception cref="ProblemException">A file is no longer what it was.</exception>
    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ByteRange.Check(offset, destination.Length, Length);
        var i = IndexAt(offset);
        while (!destination.IsEmpty)
        {
            var count = i < members.Length
                ? await ReadMemberAsync(members[i], offset - members[i].Offset, destination, ct)
                : Copy(directory, offset - directoryAt, destination);
            offset += count;
            destination = destination[count..];
            i += i < members.Length && offset == members[i].End ? 1 : 0;   // not behind a header: its content comes next
        }
    }

    private static bool IsDocument(string name) => name[(name.LastIndexOf('/') + 1)..] is ".zgroup" or ".zattrs" or ".zarray" or ".zmetadata" or "zarr.json";

    private static async Task<Member> MemberAsync(string folder, string name, long offset, byte[] buffer, CancellationToken ct)
    {
        var path = Path.Combine(folder, name);
        using var handle = File.OpenHandle(path);
        var (crc, size) = (0u, 0L);
        for (int count; (count = await RandomAccess.ReadAsync(handle, buffer, size, ct)) > 0; size += count)
        {
            crc = Crc32.Of(buffer.AsSpan(0, count), crc);
        }

        return new Member(name, offset, size, crc, File.GetLastWriteTimeUtc(handle));
    }

    private async ValueTask<int> ReadMemberAsync(Member member, long at, Memory<byte> destination, CancellationToken ct)
    {
        var head = member.HeaderLength;
        if (at < head)
        {
            return Copy(ZipEntryBytes.Local(member.NameBytes, member.Crc, member.Size), at, destination);
        }

        var count = (int)Math.Min(destination.Length, member.End - member.Offset - at);
        var path = Path.Combine(folder, member.Name);
        using var file = new FileByteSource(File.Exists(path) ? path : throw Changed(path));
        if (file.Length != member.Size || File.GetLastWriteTimeUtc(path) != member.ChangedAt)
        {
            throw Changed(path);
        }

        await file.ReadAsync(at - head, destination[..count], ct);
        return count;
    }

    private static ProblemException Changed(string path) =>
        ProblemException.Unreadable($"{path} was changed while its folder was sent; send the folder again.");

    private static int Copy(byte[] from, long at, Memory<byte> destination)
    {
        var count = (int)Math.Min(destination.Length, from.Length - at);
        from.AsMemory((int)at, count).CopyTo(destination);
        return count;
    }

    /// <summary>The last member that begins at or before a byte; their number from the directory on.</summary>
    private int IndexAt(long offset)
    {
        if (offset >= directoryAt)
        {
            return members.Length;
        }

        var (low, high) = (0, members.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = members[middle].Offset <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private readonly record struct Member(string Name, long Offset, long Size, uint Crc, DateTime ChangedAt)
    {
        public byte[] NameBytes => Encoding.UTF8.GetBytes(Name);

        public int HeaderLength => ZipEntryBytes.LocalLength(Encoding.UTF8.GetByteCount(Name), Size);

        public long End => Offset + HeaderLength + Size;
    }
}
