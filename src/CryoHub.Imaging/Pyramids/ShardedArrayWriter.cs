using System.Buffers;

namespace CryoHub.Imaging.Pyramids;

/// <summary>Writes one zarr array slab by slab; the array's metadata comes last, so that an array half written is not seen as one.</summary>
internal sealed class ShardedArrayWriter(ArrayPlan plan, string path, IZarrStore store, IReadOnlyList<string> dimensionNames)
{
    private readonly byte[] padding = Padding(plan.Pixel);
    private readonly int sampleBytes = SampleType.Of(plan.Pixel).Bytes;
    private readonly (ulong Offset, ulong Length)[] entries = new (ulong, ulong)[plan.ChunksInShard];
    private NativeBytes? shard;
    private bool? packs;

    public ArrayPlan Plan { get; } = plan;

    /// <summary>Writes <paramref name="planes"/> whole planes as one row of shards; <paramref name="slab"/> is the slab's number within <paramref name="outer"/>.</summary>
    public async Task WriteSlabAsync(long outer, int slab, ReadOnlyMemory<byte> pixels, int planes, CancellationToken ct)
    {
        packs ??= Gains(pixels.Span, planes);
        for (var row = 0; row * Plan.Shard.Rows < Plan.Rows; row++)
        {
            for (var column = 0; column * Plan.Shard.Columns < Plan.Columns; column++)
            {
                ct.ThrowIfCancellationRequested();
                var length = Encode(pixels, planes, row * Plan.Shard.Rows, column * Plan.Shard.Columns);
                await store.PutAsync($"{path}/{Plan.ShardKey(outer, slab, row, column)}", shard!.Memory[..length], ct);
            }
        }
    }

    public Task FinishAsync(CancellationToken ct)
    {
        shard?.Dispose();
        shard = null;
        return store.PutAsync($"{path}/zarr.json", ZarrDocuments.Array(Plan, packs == true, dimensionNames), ct);
    }

    /// <summary>Fills <see cref="shard"/>: every chunk into its own slot, in parallel where packing takes time, then moved together, then the index.</summary>
    private int Encode(ReadOnlyMemory<byte> pixels, int planes, int firstRow, int firstColumn)
    {
        var slot = Plan.ChunkBytes + (packs == true ? Blosc.Overhead : 0);
        var room = (Plan.ChunksInShard * slot) + ShardIndex.Bytes(Plan.ChunksInShard);
        shard ??= new(room);
        var slots = shard.Memory;
        if (packs == true)
        {
            Parallel.For(0, Plan.ChunksInShard, () => ArrayPool<byte>.Shared.Rent(Plan.ChunkBytes), (chunk, _, scratch) =>
            {
                var plain = scratch.AsSpan(0, Plan.ChunkBytes);
                var packed = Gather(pixels.Span, planes, firstRow, firstColumn, chunk, plain) ? Blosc.Compress(plain, slots.Span.Slice(chunk * slot, slot), sampleBytes) : 0;
                entries[chunk].Length = (ulong)packed;
                return scratch;
            }, scratch => ArrayPool<byte>.Shared.Return(scratch));
        }
        else
        {
            for (var chunk = 0; chunk < entries.Length; chunk++)
            {
                entries[chunk].Length = Gather(pixels.Span, planes, firstRow, firstColumn, chunk, slots.Span.Slice(chunk * slot, slot)) ? (ulong)slot : 0;
            }
        }

        var end = 0;
        for (var chunk = 0; chunk < entries.Length; chunk++)
        {
            var length = (int)entries[chunk].Length;
            if (end != chunk * slot)
            {
                slots.Span.Slice(chunk * slot, length).CopyTo(slots.Span[end..]);
            }

            entries[chunk] = length == 0 ? (ShardIndex.Absent, ShardIndex.Absent) : ((ulong)end, (ulong)length);
            end += length;
        }

        ShardIndex.Write(entries, slots.Span[end..]);
        return end + ShardIndex.Bytes(entries.Length);
    }

    /// <summary>Copies a chunk out of the slab, padding what lies beyond the array; false where all of it does.</summary>
    private bool Gather(ReadOnlySpan<byte> pixels, int planes, int firstRow, int firstColumn, int chunk, Span<byte> destination)
    {
        var (size, bytes) = (Plan.Chunk, Plan.PixelBytes);
        var across = Plan.Shard.Columns / size.Columns;
        var down = Plan.Shard.Rows / size.Rows;
        var plane = chunk / (across * down) * size.Depth;
        var row = firstRow + (chunk / across % down * size.Rows);
        var column = firstColumn + (chunk % across * size.Columns);
        var (depth, rows, columns) = (Math.Min(size.Depth, planes - plane), Math.Min(size.Rows, Plan.Rows - row), Math.Min(size.Columns, Plan.Columns - column));
        if (depth <= 0 || rows <= 0 || columns <= 0)
        {
            return false;
        }

        if (depth < size.Depth || rows < size.Rows || columns < size.Columns)
        {
            Pad(destination[..Plan.ChunkBytes]);
        }

        for (var z = 0; z < depth; z++)
        {
            for (var y = 0; y < rows; y++)
            {
                var from = ((((long)(plane + z) * Plan.Rows) + row + y) * Plan.Columns) + column;
                pixels.Slice((int)(from * bytes), columns * bytes).CopyTo(destination[(((z * size.Rows) + y) * size.Columns * bytes)..]);
            }
        }

        return true;
    }

    /// <summary>Packing is worth its time where it gains a tenth on chunks drawn from the first shard.</summary>
    private bool Gains(ReadOnlySpan<byte> pixels, int planes)
    {
        var plain = new byte[Plan.ChunkBytes];
        var packed = new byte[plain.Length + Blosc.Overhead];
        var (before, after) = (0L, 0L);
        for (var chunk = 0; chunk < Plan.ChunksInShard; chunk += 1 + (Plan.ChunksInShard / 5))
        {
            if (Gather(pixels, planes, 0, 0, chunk, plain))
            {
                before += plain.Length;
                after += Blosc.Compress(plain, packed, sampleBytes);
            }
        }

        return after <= 0.9 * before;
    }

    private void Pad(Span<byte> chunk)
    {
        if (padding.Length == 1)
        {
            chunk.Fill(padding[0]);
            return;
        }

        for (var i = 0; i < chunk.Length; i += padding.Length)
        {
            padding.CopyTo(chunk[i..]);
        }
    }

    /// <summary>The bytes of the fill value; one zero stands for any zero.</summary>
    private static byte[] Padding(PixelType pixel) => pixel switch
    {
        PixelType.Float16 => BitConverter.GetBytes(Half.NaN),
        PixelType.Float32 or PixelType.Complex64 => BitConverter.GetBytes(float.NaN),
        PixelType.Float64 or PixelType.Complex128 => BitConverter.GetBytes(double.NaN),
        _ => [0],
    };
}
