using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using CryoHub.Imaging.Labels;
using CryoHub.Imaging.Sources;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Painting;

/// <summary>
/// Blocks of layers as they are now. A block is its stored chunk and the acts since, applied in their order; blocks somebody has looked at stay in memory (at most
/// <see cref="MostKept"/>, about 2 MB each) and are brought up to date from the rows, so any number of servers show the same.
/// </summary>
public sealed class PaintBlocks(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, PaintPicture picture)
{
    /// <summary>Blocks in memory.</summary>
    public const int MostKept = 128;

    /// <summary>Blocks of one answer.</summary>
    public const int MostAtOnce = 100_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(Guid Layer, int Z, int Y, int X), LinkedListNode<Kept>> kept = [];
    private readonly LinkedList<Kept> order = new();

    /// <summary>Blocks that have changed after <paramref name="since"/>; of one slice where it is given. <c>null</c> where the layer cannot be seen.</summary>
    public async Task<PaintChanges?> ChangedAsync(Guid userId, Guid layerId, long since, int? slice, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await PaintPlace.FindAsync(db, userId, layerId, ct) is not { } place)
        {
            return null;
        }

        var blocks = await db.PaintBlocks.Where(b => b.LayerId == layerId && b.Sequence > since && b.Sequence <= place.Layer.Sequence && (slice == null || b.Z == slice))
            .OrderBy(b => b.Sequence).Take(MostAtOnce).Select(b => new PaintBlockRow(b.Z, b.Y, b.X, b.Sequence)).ToListAsync(ct);
        return new(blocks.Count == MostAtOnce ? blocks[^1].Sequence - 1 : place.Layer.Sequence, blocks);
    }

    /// <summary>A block as a chunk of zarr: uint64, little-endian, padded with 0 to the full edge, gzip. <c>null</c> where nothing was painted or the layer cannot be seen.</summary>
    public async Task<byte[]?> ChunkAsync(Guid userId, Guid layerId, int z, int y, int x, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await PaintPlace.FindAsync(db, userId, layerId, ct) is not { } place || await db.PaintBlocks.AsNoTracking().SingleOrDefaultAsync(b => b.LayerId == layerId && b.Z == z && b.Y == y && b.X == x, ct) is not { } block)
        {
            return null;
        }

        return Pack(await LabelsAsync(db, place.Layer, block, ct), BoxOf(place.Layer, block), place.Layer.Grid.Block);
    }

    /// <summary>Labels of a part of one slice, rows one after the other.</summary>
    internal async Task<ulong[]> ReadAsync(CryoHubDb db, PaintLayer layer, LabelBox part, CancellationToken ct)
    {
        var (labels, edge) = (new ulong[part.Voxels], layer.Grid.Block);
        var (left, top, right, bottom) = (part.X / edge, part.Y / edge, (part.X + part.Width - 1) / edge, (part.Y + part.Height - 1) / edge);
        var painted = await db.PaintBlocks.AsNoTracking()
            .Where(b => b.LayerId == layer.Id && b.Z == part.Z && b.X >= left && b.X <= right && b.Y >= top && b.Y <= bottom).ToListAsync(ct);
        foreach (var block in painted)
        {
            var (found, box) = (await LabelsAsync(db, layer, block, ct), BoxOf(layer, block));
            var (from, to) = (Math.Max(box.X, part.X), Math.Min(box.X + box.Width, part.X + part.Width));
            for (var y = Math.Max(box.Y, part.Y); y < Math.Min(box.Y + box.Height, part.Y + part.Height); y++)
            {
                found.AsSpan(box.IndexOf(from, y, box.Z), to - from).CopyTo(labels.AsSpan(part.IndexOf(from, y, part.Z)));
            }
        }

        return labels;
    }

    private static LabelBox BoxOf(PaintLayer layer, PaintBlock block) => layer.Grid.BlockOf(block.X * layer.Grid.Block, block.Y * layer.Grid.Block, block.Z);

    private async Task<ulong[]> LabelsAsync(CryoHubDb db, PaintLayer layer, PaintBlock block, CancellationToken ct)
    {
        var found = Find((layer.Id, block.Z, block.Y, block.X));
        await found.Turn.WaitAsync(ct);
        try
        {
            found.Chunk ??= await LoadAsync(layer, block, ct);
            if (block.GroundSequence < Math.Min(block.Sequence, layer.GroundSequence) && found.Chunk.GroundSequence < layer.GroundSequence)
            {
                found.Chunk = await StoreAsync(db, layer, block, ct);
            }

            await FollowAsync(db, layer, found.Chunk, layer.Sequence, ct);
            return found.Chunk.Labels.ToArray();
        }
        catch
        {
            found.Chunk = null;   // half applied
            throw;
        }
        finally
        {
            found.Turn.Release();
        }
    }

    private async Task<LabelChunk> LoadAsync(PaintLayer layer, PaintBlock block, CancellationToken ct)
    {
        var (box, ground) = (BoxOf(layer, block), block.GroundSequence);
        if (ground == 0)
        {
            return new(box, new ulong[box.Voxels], 0);
        }

        var key = PaintBlock.KeyOf(layer.Id, block.Z, block.Y, block.X, ground);
        using var stored = await store.OpenAsync(key, ct) ?? throw new FileNotFoundException($"The object {key} is missing in the store.");
        await using var stream = new ByteSourceStream(stored);
        return new(box, await UnpackAsync(stream, box, layer.Grid.Block, ct), ground);
    }

    /// <summary>
    /// Stores a block as it is at the layer's ground. The object is new and the row names it afterwards, so whoever is stopped in between has lost nothing; two who do it at once
    /// store the same.
    /// </summary>
    private async Task<LabelChunk> StoreAsync(CryoHubDb db, PaintLayer layer, PaintBlock block, CancellationToken ct)
    {
        var (chunk, ground, box) = (await LoadAsync(layer, block, ct), layer.GroundSequence, BoxOf(layer, block));
        await FollowAsync(db, layer, chunk, ground, ct);
        await using (var content = new MemoryStream(Pack(chunk.Labels.ToArray(), box, layer.Grid.Block)))
        {
            await store.PutAsync(PaintBlock.KeyOf(layer.Id, block.Z, block.Y, block.X, ground), content, ct);
        }

        await db.PaintBlocks.Where(b => b.LayerId == layer.Id && b.Z == block.Z && b.Y == block.Y && b.X == block.X && b.GroundSequence < ground)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.GroundSequence, ground), ct);
        return new(box, chunk.Labels, ground);
    }

    /// <summary>Applies what is new up to a number.</summary>
    private async Task FollowAsync(CryoHubDb db, PaintLayer layer, LabelChunk chunk, long upTo, CancellationToken ct)
    {
        var (box, since) = (chunk.Box, chunk.Sequence);
        var acts = await db.PaintStrokes.AsNoTracking()
            .Where(s => s.LayerId == layer.Id && s.Sequence > since && s.Sequence <= upTo)
            .Where(s => s.First <= box.Z && s.Last >= box.Z && s.Left < box.X + box.Width && s.Right >= box.X && s.Top < box.Y + box.Height && s.Bottom >= box.Y)
            .OrderBy(s => s.Sequence).ToListAsync(ct);
        ReadOnlyMemory<float> grey = default;
        foreach (var act in acts)
        {
            if (act.Act != PaintAct.Paint)
            {
                _ = act.Act == PaintAct.Undo ? chunk.Undo(act.Sequence, act.Target!.Value) : chunk.Redo(act.Sequence, act.Target!.Value);
                continue;
            }

            var stroke = PaintJson.Read(act.Content!);
            if (stroke.Grey is not null && grey.IsEmpty)
            {
                grey = await picture.ReadAsync(db, layer, box, ct);
            }

            chunk.Apply(act.Sequence, stroke, grey);
        }
    }

    private Kept Find((Guid Layer, int Z, int Y, int X) key)
    {
        lock (gate)
        {
            if (kept.TryGetValue(key, out var node))
            {
                order.Remove(node);
            }
            else
            {
                node = new(new(key));
                kept[key] = node;
            }

            order.AddFirst(node);
            while (order.Count > MostKept)
            {
                kept.Remove(order.Last!.Value.Key);   // whoever works with it ends with it
                order.RemoveLast();
            }

            return node.Value;
        }
    }

    private static byte[] Pack(ulong[] labels, LabelBox box, int edge)
    {
        var padded = labels;
        if (box.Width != edge || box.Height != edge)
        {
            padded = new ulong[edge * edge];
            for (var row = 0; row < box.Height; row++)
            {
                labels.AsSpan(row * box.Width, box.Width).CopyTo(padded.AsSpan(row * edge));
            }
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(MemoryMarshal.AsBytes(padded.AsSpan()));
        }

        return packed.ToArray();
    }

    private static async Task<ulong[]> UnpackAsync(Stream packed, LabelBox box, int edge, CancellationToken ct)
    {
        var bytes = new byte[edge * edge * sizeof(ulong)];
        await using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        await gzip.ReadExactlyAsync(bytes, ct);
        var labels = new ulong[box.Voxels];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(((i / box.Width * edge) + (i % box.Width)) * sizeof(ulong)));
        }

        return labels;
    }

    private sealed class Kept((Guid Layer, int Z, int Y, int X) key)
    {
        public (Guid Layer, int Z, int Y, int X) Key { get; } = key;

        public SemaphoreSlim Turn { get; } = new(1);

        public LabelChunk? Chunk { get; set; }
    }
}
