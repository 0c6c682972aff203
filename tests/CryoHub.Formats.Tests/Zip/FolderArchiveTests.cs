using System.IO.Compression;
using CryoHub.Formats.HyperSpy;
using CryoHub.Formats.Tests.Hdf5;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Zip;

/// <summary>The framework's own zip reader is the judge of the archive.</summary>
public sealed class FolderArchiveTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("archive");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_file_comes_back_bit_for_bit_documents_first()
    {
        Put("0/0.1", [1, 2, 3]);
        Put("0/0.0", []);
        Put("0/.zarray", "{}"u8.ToArray());
        Put("zarr.json", "{}"u8.ToArray());
        Put("größe/❄", new byte[100_000]);
        using var zip = new ZipArchive(new MemoryStream(await BytesAsync()));
        Assert.Equal(["0/.zarray", "zarr.json", "0/0.0", "0/0.1", "größe/❄"], zip.Entries.Select(entry => entry.FullName));
        foreach (var entry in zip.Entries)
        {
            using var copy = new MemoryStream();
            await entry.Open().CopyToAsync(copy, Ct);   // checks the CRC as well
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, entry.FullName), Ct), copy.ToArray());
        }
    }

    [Fact]
    public async Task Pieces_of_any_size_are_those_of_the_whole_and_the_same_every_time()
    {
        for (var i = 0; i < 20; i++)
        {
            Put($"c/{i}", [.. Enumerable.Range(0, 7 * i).Select(n => (byte)n)]);
        }

        var whole = await BytesAsync();
        File.SetLastWriteTimeUtc(Path.Combine(folder.FullName, "c/3"), DateTime.UnixEpoch);   // as after copying the folder
        var again = await FolderArchive.OfAsync(folder.FullName, Ct);
        foreach (var size in (int[])[1, 13, 64, 1000])
        {
            var pieces = new byte[whole.Length];
            for (var at = 0; at < whole.Length; at += size)
            {
                await again.ReadAsync(at, pieces.AsMemory(at, Math.Min(size, whole.Length - at)), Ct);
            }

            Assert.Equal(whole, pieces);
        }
    }

    [Fact]
    public async Task More_members_than_16_bits_count_are_read_by_others_and_by_ourselves()
    {
        const int Count = 66_000;
        var array = """{"zarr_format":2,"shape":[66000],"chunks":[1],"dtype":"|u1","order":"C","compressor":null,"fill_value":0,"filters":null}"""u8;
        Put("Experiments/s/data/.zarray", array.ToArray());
        for (var i = 0; i < Count; i++)
        {
            // WriteAllBytes reserves space first: minutes for so many.
            using var chunk = File.OpenHandle(Path.Combine(folder.FullName, $"Experiments/s/data/{i}"), FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(chunk, [(byte)i], 0);
        }

        var bytes = await BytesAsync();
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(Count + 1, zip.Entries.Count);
        var signal = Assert.Single(await new ZspyReader().OpenAsync(new MemoryFile("s.zspy", bytes), Ct));
        Assert.Equal(string.Join(' ', Enumerable.Range(0, Count).Select(i => (byte)i)), await Hdf5Files.ValuesAsync(signal, Ct));
    }

    /// <summary>A file with a hole beyond 4 GiB, and one behind it.</summary>
    [Fact]
    public async Task Sizes_and_places_beyond_32_bits_are_read_by_others()
    {
        const long Large = (1L << 32) + 5;
        Put("b", [1, 2, 3]);
        using (var hole = File.OpenHandle(Path.Combine(folder.FullName, "a"), FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.SetLength(hole, Large);
        }

        using var zip = new ZipArchive(new ByteSourceStream(await FolderArchive.OfAsync(folder.FullName, Ct)));
        Assert.Equal([("a", Large), ("b", 3L)], zip.Entries.Select(entry => (entry.FullName, entry.Length)));
        using var copy = new MemoryStream();
        await zip.Entries[1].Open().CopyToAsync(copy, Ct);
        Assert.Equal([1, 2, 3], copy.ToArray());
    }

    [Fact]
    public async Task A_packed_folder_that_no_reader_knows_is_refused_for_what_it_is()
    {
        Put("zarr.json", "{}"u8.ToArray());
        Put("c/0/0", [1, 2, 3]);
        var bytes = await BytesAsync();
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new ZipReader().OpenAsync(new MemoryFile("a.zarr.zip", bytes), Ct));
        Assert.Contains("folder of zarr with 2 files (zarr.json at its root)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changes_meanwhile_ends_the_sending_with_its_name()
    {
        Put("0.0", [1, 2, 3]);
        var archive = await FolderArchive.OfAsync(folder.FullName, Ct);
        Put("0.0", [1, 2, 3, 4]);
        var problem = await Assert.ThrowsAsync<ProblemException>(async () => await archive.ReadBlockAsync(0, archive.Length, Ct));
        Assert.Contains("0.0 was changed", problem.Message, StringComparison.Ordinal);
    }

    private async Task<byte[]> BytesAsync()
    {
        var archive = await FolderArchive.OfAsync(folder.FullName, Ct);
        return await archive.ReadBlockAsync(0, archive.Length, Ct);
    }

    private void Put(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
