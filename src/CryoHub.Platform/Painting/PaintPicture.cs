using CryoHub.Imaging;
using CryoHub.Imaging.Labels;
using CryoHub.Imaging.Pyramids;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Painting;

/// <summary>Grey values of the picture under a layer.</summary>
public sealed class PaintPicture(SignalDisk disk)
{
    /// <summary>Values of a box, slices, rows, columns.</summary>
    internal async Task<float[]> ReadAsync(CryoHubDb db, PaintLayer layer, LabelBox box, CancellationToken ct)
    {
        var prefix = await db.Signals.Where(s => s.DatasetId == layer.DatasetId && s.Index == layer.SignalIndex).Select(s => s.ZarrPrefix).SingleAsync(ct);
        using var group = disk.Read(prefix);
        var signal = await ZarrSignal.OpenAsync(group, null, ct);
        var (shape, pixel, values) = (signal.Header.Shape, signal.Header.Pixel, new float[box.Voxels]);
        var bytes = new byte[box.Width * box.Height * pixel.Bytes()];
        for (var z = 0; z < box.Depth; z++)
        {
            long[] start = [.. FrameIndex.Of(shape, box.Z + z), box.Y, box.X], count = [.. Enumerable.Repeat(1L, shape.Count - 2), box.Height, box.Width];
            await signal.ReadRegionAsync(start, count, bytes, ct);
            PixelFloats.ToFloat(bytes, pixel, values.AsSpan(z * box.Width * box.Height, box.Width * box.Height));
        }

        return values;
    }
}
