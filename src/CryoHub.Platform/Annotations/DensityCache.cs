using System.Collections.Concurrent;
using CryoHub.Imaging.Shapes.Tiles;

namespace CryoHub.Platform.Annotations;

/// <summary>
/// Density tiles of this host. To count half a million shapes takes a quarter of a second, and among so many nobody sees that one was drawn; so a tile stands until changes of one in a hundred of its
/// shapes may have come.
/// </summary>
internal sealed class DensityCache
{
    private const int Most = 1000;   // some 5 KB each

    private readonly ConcurrentDictionary<(Guid Layer, ShapeTile Tile, int? Frame), (long Sequence, long Shapes, byte[] Bytes)> tiles = [];

    /// <summary>A tile that is still good when the layer's last change is <paramref name="sequence"/>, with the change it was made after.</summary>
    public (long Sequence, byte[] Bytes)? Find(Guid layer, ShapeTile tile, int? frame, long sequence) =>
        tiles.TryGetValue((layer, tile, frame), out var known) && (sequence - known.Sequence) * 100 <= known.Shapes ? (known.Sequence, known.Bytes) : null;

    public void Keep(Guid layer, ShapeTile tile, int? frame, long sequence, long shapes, byte[] bytes)
    {
        if (tiles.Count >= Most)
        {
            tiles.Clear();
        }

        tiles[(layer, tile, frame)] = (sequence, shapes, bytes);
    }
}
