using CryoHub.Imaging;

namespace CryoHub.Formats.Zarr;

/// <summary>An array of zarr version 2, read block by block from its chunks; the newest chunks are kept.</summary>
internal sealed class ZarrArray(ZarrLayout layout, string path, ZarrArray.ReadMember read)
{
    private const long Kept = 32 << 20;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<string, byte[]> chunks = [];
    private long held;

    /// <summary>The bytes of a member of the store; <c>null</c> where there is none of that name.</summary>
    public delegate ValueTask<byte[]?> ReadMember(string name, CancellationToken ct);

    public ZarrLayout Layout { get; } = layout;

    /// <summary>Reads a block in C order, little endian.</summary>
    public async ValueTask ReadAsync(long[] start, long[] count, Memory<byte> destination, CancellationToken ct)
    {
        var rank = start.Length;
        var first = start.Select((at, i) => at / Layout.Chunks[i]).ToArray();
        var last = start.Select((at, i) => (at + count[i] - 1) / Layout.Chunks[i]).ToArray();
        var chunk = first.ToArray();
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            Copy(await ChunkAsync(string.Join(Layout.Separator, rank == 0 ? [0] : chunk), ct), chunk, start, count, destination.Span);
            var axis = rank - 1;
            while (axis >= 0 && chunk[axis] == last[axis])
            {
                chunk[axis] = first[axis--];
            }

            if (axis < 0)
            {
                return;
            }

            chunk[axis]++;
        }
    }

    private async ValueTask<byte[]> ChunkAsync(string key, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (chunks.TryGetValue(key, out var known))
            {
                return known;
            }

            var plain = new byte[Layout.ChunkBytes];
            if (await read($"{path}/{key}", ct) is { } packed)
            {
                ZarrCodec.Unpack(Layout.Compressor, packed, plain, $"{path}/{key}");
                Swap(plain);
            }
            else
            {
                Fill(plain);
            }

            if (held + plain.Length > Kept)
            {
                chunks.Clear();
                held = 0;
            }

            held += plain.Length;
            return chunks[key] = plain;
        }
        finally
        {
            gate.Release();
        }
    }

    private void Swap(byte[] plain)
    {
        var part = Layout.Pixel.IsComplex() ? Layout.Pixel.Bytes() / 2 : Layout.Pixel.Bytes();
        for (var at = 0; Layout.BigEndian && part > 1 && at < plain.Length; at += part)
        {
            plain.AsSpan(at, part).Reverse();
        }
    }

    private void Fill(byte[] plain)
    {
        for (var at = 0; Layout.Fill.Length > 0 && at < plain.Length; at += Layout.Fill.Length)
        {
            Layout.Fill.CopyTo(plain, at);
        }
    }

    // The part of the block that lies in the chunk, row by row of the last dimension.
    private void Copy(byte[] plain, long[] chunk, long[] start, long[] count, Span<byte> destination)
    {
        var (rank, bytes) = (start.Length, Layout.Pixel.Bytes());
        if (rank == 0)
        {
            plain.AsSpan(0, bytes).CopyTo(destination);
            return;
        }

        var from = new long[rank];
        var to = new long[rank];
        var (inChunk, inBlock) = (new long[rank], new long[rank]);
        for (var (i, c, b) = (rank - 1, 1L, 1L); i >= 0; i--)
        {
            from[i] = Math.Max(start[i], chunk[i] * Layout.Chunks[i]);
            to[i] = Math.Min(start[i] + count[i], (chunk[i] + 1) * Layout.Chunks[i]);
            (inChunk[i], inBlock[i]) = (c, b);
            (c, b) = (c * Layout.Chunks[i], b * count[i]);
        }

        if (Layout.Fortran)
        {
            for (var (i, c) = (0, 1L); i < rank; c *= Layout.Chunks[i++])
            {
                inChunk[i] = c;
            }
        }

        for (var at = from.ToArray(); ;)
        {
            var (source, target) = (0L, 0L);
            for (var i = 0; i < rank; i++)
            {
                source += (at[i] - (chunk[i] * Layout.Chunks[i])) * inChunk[i];
                target += (at[i] - start[i]) * inBlock[i];
            }

            var row = (int)(to[^1] - at[^1]);
            if (inChunk[^1] == 1)
            {
                plain.AsSpan((int)source * bytes, row * bytes).CopyTo(destination[((int)target * bytes)..]);
            }
            else
            {
                for (var i = 0; i < row; i++)
                {
                    plain.AsSpan((int)(source + (i * inChunk[^1])) * bytes, bytes).CopyTo(destination[((int)(target + i) * bytes)..]);
                }
            }

            var axis = rank - 2;
            while (axis >= 0 && at[axis] + 1 >= to[axis])
            {
                at[axis] = from[axis--];
            }

            if (axis < 0)
            {
                return;
            }

            at[axis]++;
        }
    }
}
