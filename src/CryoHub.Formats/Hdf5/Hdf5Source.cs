using System.Buffers;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>What the library reads from; remembers what went wrong below the library's frames.</summary>
internal sealed class Hdf5Source
{
    private const int PageBytes = 1 << 16;
    private const int MostPages = 64;
    private const int MostAtOnce = 1 << 20;

    private readonly Dictionary<long, byte[]> pages = [];

    private long? start;

    public Hdf5Source(IByteSource bytes)
    {
        Bytes = bytes;
        Heaps = new Hdf5Heaps(this);
    }

    public IByteSource Bytes { get; }

    /// <summary>Where texts of variable length lie.</summary>
    public Hdf5Heaps Heaps { get; }

    public Exception? Failure { get; set; }

    /// <summary>Where the superblock stands, perhaps behind a user block: addresses count from there.</summary>
    public long Start => start ??= FindStart();

    /// <summary>The library asks for structures in thousands of small reads, each of which may be a question to another process: they come from pages that are kept.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        if (destination.Length < PageBytes)
        {
            while (!destination.IsEmpty)
            {
                var start = offset % PageBytes;
                var part = Page(offset / PageBytes).AsSpan((int)start);
                part = part[..Math.Min(part.Length, destination.Length)];
                part.CopyTo(destination);
                destination = destination[part.Length..];
                offset += part.Length;
            }

            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(destination.Length, MostAtOnce));
        try
        {
            while (!destination.IsEmpty)
            {
                var part = buffer.AsMemory(0, Math.Min(buffer.Length, destination.Length));
                Fill(offset, part);
                part.Span.CopyTo(destination);
                destination = destination[part.Length..];
                offset += part.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private long FindStart()
    {
        Span<byte> found = stackalloc byte[Hdf5File.Signature.Length];
        for (var at = 0L; at + found.Length <= Bytes.Length; at = at == 0 ? 512 : 2 * at)
        {
            Read(at, found);
            if (found.SequenceEqual(Hdf5File.Signature))
            {
                return at;
            }
        }

        return 0;
    }

    private byte[] Page(long number)
    {
        if (!pages.TryGetValue(number, out var page))
        {
            if (pages.Count == MostPages)
            {
                pages.Clear();
            }

            page = new byte[(int)Math.Min(PageBytes, Bytes.Length - (number * PageBytes))];
            Fill(number * PageBytes, page);
            pages[number] = page;
        }

        return page;
    }

    // The library calls back without a way to wait.
    private void Fill(long offset, Memory<byte> destination) => Bytes.ReadAsync(offset, destination, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
