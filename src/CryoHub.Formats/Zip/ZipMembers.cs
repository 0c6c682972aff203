using System.IO.Compression;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Zip;

/// <summary>Members of a zip archive, unpacked into memory within bounds: what a member claims to be is never believed.</summary>
internal sealed class ZipMembers : IDisposable
{
    private const long MostUnpacked = 32L << 20;
    private const int MostTimesPacked = 16;
    private const int MostMembers = 10_000;

    private readonly ZipArchive archive;
    private long left;

    private ZipMembers(ZipArchive archive, long left) => (this.archive, this.left) = (archive, left);

    /// <summary>Names as stored; never used as paths.</summary>
    public IEnumerable<string> Names => archive.Entries.Take(MostMembers).Select(entry => entry.FullName);

    /// <exception cref="ProblemException">Unreadable: no zip archive.</exception>
    public static ZipMembers Open(string name, IByteSource source)
    {
        try
        {
            var archive = new ZipArchive(new ByteSourceStream(source), ZipArchiveMode.Read);
            _ = archive.Entries.Count;      // the directory is read here
            return new ZipMembers(archive, MostUnpacked + (MostTimesPacked * source.Length));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or ArgumentException or OverflowException)
        {
            throw ProblemException.Unreadable($"{name} is no readable zip archive: {broken.Message}", broken);
        }
    }

    /// <summary>The bytes of a member; <c>null</c> where there is none of that name.</summary>
    /// <exception cref="ProblemException">Unreadable: damaged, or the archive unpacks to far more than it could hold.</exception>
    public async Task<byte[]?> ReadAsync(string member, CancellationToken ct)
    {
        if (archive.Entries.Take(MostMembers).FirstOrDefault(entry => entry.FullName == member) is not { } found)
        {
            return null;
        }

        try
        {
            await using var packed = found.Open();
            using var content = new MemoryStream();
            var block = new byte[16 << 10];
            int got;
            while ((got = await packed.ReadAsync(block, ct)) > 0)
            {
                if ((left -= got) < 0)
                {
                    throw ProblemException.Unreadable($"{member} and the members before it unpack to more than {content.Length + got} bytes: far more than such an archive holds.");
                }

                content.Write(block, 0, got);
            }

            return content.ToArray();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw ProblemException.Unreadable($"{member} cannot be unpacked: {broken.Message}", broken);
        }
    }

    public void Dispose() => archive.Dispose();
}
