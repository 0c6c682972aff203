using System.IO.Compression;
using CryoHub.Formats.Bzip2;
using CryoHub.Formats.Gzip;
using CryoHub.Formats.Tests.Mrc;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Bzip2;

/// <summary>Files packed as a whole: what they unpack to is bounded by what they are packed to.</summary>
public sealed class PackedFilesTests
{
    /// <summary>900,000 zeros as bzip2 1.0.8 packs them (made with Python's bz2); such streams may follow each other.</summary>
    private static readonly byte[] Zeros = Convert.FromHexString("425A683931415926535963E3ECA20006E4C100C00002000008200030CC09AA6994A136A9284F17724538509063E3ECA2");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bzip2_bomb_is_refused_with_its_limit() =>
        await IsRefusedAsync(new Bzip2Reader(), "a.mrc.bz2", [.. Enumerable.Repeat(Zeros, 100).SelectMany(stream => stream)]);

    [Fact]
    public async Task A_gzip_bomb_is_refused_with_its_limit()
    {
        using var packed = new MemoryStream();
        await using (var packing = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await packing.WriteAsync(new byte[90_000_000], Ct);
        }

        await IsRefusedAsync(new GzipReader(), "a.mrc.gz", packed.ToArray());
    }

    /// <summary>Found by damaging files: unpacking on another thread hid what it took from whoever counts a thread's memory, and counted what others had taken there.</summary>
    [Fact]
    public async Task What_is_in_memory_unpacks_without_leaving_its_thread()
    {
        var opening = new Bzip2Reader().OpenAsync(new MemoryFile("a.mrc.bz2", Zeros), Ct);
        Assert.True(opening.IsCompleted);
        await Assert.ThrowsAsync<ProblemException>(() => opening);      // 900,000 zeros are no image
    }

    /// <summary>Blocks of 1 MiB: an image of 2.8 MiB lies over several of them.</summary>
    [Fact]
    public async Task An_image_over_several_pieces_is_whole()
    {
        var pixels = new byte[1200 * 1225 * 2];
        new Random(1).NextBytes(pixels);
        using var packed = new MemoryStream();
        await using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await packing.WriteAsync(MrcBytes.File(1200, 1225, 1, 1, pixels), Ct);
        }

        var signal = Assert.Single(await new GzipReader().OpenAsync(new MemoryFile("a.mrc.gz", packed.ToArray()), Ct));
        var frame = new byte[signal.Header.FrameBytes];
        await signal.ReadFrameAsync(0, frame, Ct);
        Assert.Equal(pixels, frame);
    }

    private static async Task IsRefusedAsync(IFormatReader reader, string name, byte[] packed)
    {
        var limit = (48L << 20) + (200L * packed.Length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var problem = await Assert.ThrowsAsync<ProblemException>(() => reader.OpenAsync(new MemoryFile(name, packed), Ct));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains($"unpacks to more than {limit} bytes", problem.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, limit + (4L << 20));     // what is unpacked is held once; buffers on top
    }
}
