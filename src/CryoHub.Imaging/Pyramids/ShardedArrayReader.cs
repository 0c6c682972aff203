using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace CryoHub.Imaging.Pyramids;

/// <summary>Reads boxes of an array that <see cref="ShardedArrayWriter"/> wrote, by ranges: raw chunks row by row, packed chunks through a small cache. Safe for concurrent reads.</summary>
internal sealed class ShardedArrayReader(ArrayPlan plan, bool packed, string path, IZarrSource source)
{
    private const long SmallCache = 64 << 20, LargestCache = 320 << 20;

    private readonly ConcurrentDictionary<string, (ulong Offset, ulong Length)[]> indices = [];
    private readonly ChunkCache cache = new(Math.Clamp(ChunksUnderPlane(plan) * plan.ChunkBytes, SmallCache, LargestCache));

    public ArrayPlan Plan { get; } = plan;

    public static async Task<ShardedArrayReader> OpenAsync(IZarrSource source, string path, PixelType pixel, CancellationToken ct)
    {
        var document = await ZarrJson.ReadAsync(source, $"{path}/zarr.json", ct);
        var sharding = document["codecs"]![0]!["configuration"]!;
        var rank = document["shape"]!.AsArray().Count - (pixel.IsColour() ? 1 : 0);
        long[] shape = [.. Numbers(document["shape"]!).Take(rank)];
        return new(
            new ArrayPlan(pixel, shape, BoxOf(sharding["chunk_shape"]!, rank), BoxOf(document["chunk_grid"]!["configuration"]!["chunk_shape"]!, rank)),
            sharding["codecs"]!.AsArray().Count > 1,
            path,
            source);
    }

    /// <summary>Copies the part of the array from <paramref name="at"/> with <paramref name="size"/> into <paramref name="destination"/>, C order.</summary>
    public async ValueTask ReadAsync(long outer, Box at, Box size, Memory<byte> destination, CancellationToken ct)
    {
        var chunk = Plan.Chunk;
        for (var z = at.Depth / chunk.Depth; z * chunk.Depth < at.Depth + size.Depth; z++)
        {
            for (var y = at.Rows / chunk.Rows; y * chunk.Rows < at.Rows + size.Rows; y++)
            {
                for (var x = at.Columns / chunk.Columns; x * chunk.Columns < at.Columns + size.Columns; x++)
                {
                    await ReadFromChunkAsync(outer, new(z, y, x), at, size, destination, ct);
                }
            }
        }
    }

    private async ValueTask ReadFromChunkAsync(long outer, Box chunk, Box at, Box size, Memory<byte> destination, CancellationToken ct)
    {
        var (shard, from) = await FindAsync(outer, chunk, ct);
        var (box, bytes) = (Plan.Chunk, Plan.PixelBytes);
        var (z0, y0, x0) = (Math.Max(at.Depth, chunk.Depth * box.Depth), Math.Max(at.Rows, chunk.Rows * box.Rows), Math.Max(at.Columns, chunk.Columns * box.Columns));
        var z1 = Math.Min(at.Depth + size.Depth, (chunk.Depth + 1) * box.Depth);
        var y1 = Math.Min(at.Rows + size.Rows, (chunk.Rows + 1) * box.Rows);
        var x1 = Math.Min(at.Columns + size.Columns, (chunk.Columns + 1) * box.Columns);
        var plain = packed ? await UnpackAsync(outer, chunk, shard, from, ct) : null;
        for (var z = z0; z < z1; z++)
        {
            // Rows of one plane of a chunk lie one after the other: a raw chunk is read a plane at a time.
            var first = ((z - (chunk.Depth * box.Depth)) * (long)box.Rows) + (y0 - (chunk.Rows * box.Rows));
            var length = (y1 - y0) * box.Columns * bytes;
            var rented = plain is null ? ArrayPool<byte>.Shared.Rent(length) : null;
            var rows = rented?.AsMemory(0, length) ?? plain!.AsMemory((int)(first * box.Columns * bytes), length);
            if (rented is not null)
            {
                await shard.ReadAsync((long)from.Offset + (first * box.Columns * bytes), rows, ct);
            }

            for (var y = y0; y < y1; y++)
            {
                var to = ((((long)(z - at.Depth) * size.Rows) + (y - at.Rows)) * size.Columns) + (x0 - at.Columns);
                rows.Slice((((y - y0) * box.Columns) + x0 - (chunk.Columns * box.Columns)) * bytes, (x1 - x0) * bytes).CopyTo(destination[(int)(to * bytes)..]);
            }

            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private async ValueTask<byte[]> UnpackAsync(long outer, Box chunk, IByteSource shard, (ulong Offset, ulong Length) from, CancellationToken ct)
    {
        if (cache.Find((outer, chunk)) is { } known)
        {
            return known;
        }

        var packedChunk = ArrayPool<byte>.Shared.Rent((int)from.Length);
        try
        {
            await shard.ReadAsync((long)from.Offset, packedChunk.AsMemory(0, (int)from.Length), ct);
            var plain = GC.AllocateUninitializedArray<byte>(Plan.ChunkBytes);
            if (!Blosc.Decompress(packedChunk.AsSpan(0, (int)from.Length), plain))
            {
                throw ProblemException.Unreadable($"A chunk of {path} does not unpack to {plain.Length} bytes: the stored pixels are damaged.");
            }

            cache.Add((outer, chunk), plain);
            return plain;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packedChunk);
        }
    }

    private async ValueTask<(IByteSource Shard, (ulong Offset, ulong Length) Range)> FindAsync(long outer, Box chunk, CancellationToken ct)
    {
        var per = new Box(Plan.Shard.Depth / Plan.Chunk.Depth, Plan.Shard.Rows / Plan.Chunk.Rows, Plan.Shard.Columns / Plan.Chunk.Columns);
        var key = $"{path}/{Plan.ShardKey(outer, chunk.Depth / per.Depth, chunk.Rows / per.Rows, chunk.Columns / per.Columns)}";
        var shard = await source.OpenAsync(key, ct) ?? throw ProblemException.Unreadable($"{key} is missing: the stored pixels are incomplete.");
        if (!indices.TryGetValue(key, out var index))
        {
            var bytes = new byte[ShardIndex.Bytes(Plan.ChunksInShard)];
            await shard.ReadAsync(shard.Length - bytes.Length, bytes, ct);
            indices[key] = index = ShardIndex.Read(bytes);
        }

        var range = index[(((chunk.Depth % per.Depth * per.Rows) + (chunk.Rows % per.Rows)) * per.Columns) + (chunk.Columns % per.Columns)];
        return range.Offset <= (ulong)shard.Length && range.Length <= (ulong)shard.Length - range.Offset && (packed || range.Length == (ulong)Plan.ChunkBytes)
            ? (shard, range)
            : throw ProblemException.Unreadable($"{key} points to bytes {range.Offset} + {range.Length} of {shard.Length}: the stored pixels are damaged.");
    }

    private static long ChunksUnderPlane(ArrayPlan plan) => (((long)plan.Rows / plan.Chunk.Rows) + 1) * ((plan.Columns / plan.Chunk.Columns) + 1);

    private static Box BoxOf(JsonNode sizes, int rank)
    {
        int[] three = [1, 1, 1, .. Numbers(sizes).Take(rank).Select(size => (int)size)];
        return new(three[^3], three[^2], three[^1]);
    }

    private static IEnumerable<long> Numbers(JsonNode array) => array.AsArray().Select(number => (long)number!);
}
