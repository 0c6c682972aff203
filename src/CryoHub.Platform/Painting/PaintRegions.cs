using CryoHub.Imaging;
using CryoHub.Imaging.Labels;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Painting;

/// <summary>Strokes that follow from the picture or from what is painted: a region grown from a seed, an area filled, the slices between two.</summary>
public sealed class PaintRegions(IDbContextFactory<CryoHubDb> dbs, PaintPicture picture, PaintBlocks blocks, Painter painter)
{
    /// <summary>Pixels along the edge of what one region can be found in.</summary>
    public const int LargestEdge = 8192;

    /// <summary>Slices that are looked at for the label, down and up.</summary>
    public const int FurthestSlice = 200;

    /// <summary>Paints the region; <c>null</c> where the layer cannot be seen.</summary>
    /// <exception cref="ProblemException">Invalid, Forbidden or Conflict, with the reason.</exception>
    public async Task<PaintDone?> GrowAsync(Guid userId, Guid layerId, RegionText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await PaintPlace.FindAsync(db, userId, layerId, ct) is not { } place)
        {
            return null;
        }

        place.Canvas.MayDraw();
        var layer = place.Layer;
        if (text.X < 0 || text.Y < 0 || text.X >= layer.Width || text.Y >= layer.Height || text.Slice < 0 || text.Slice >= layer.Depth)
        {
            throw ProblemException.Invalid($"The seed ({text.X}, {text.Y}) on slice {text.Slice} lies outside the layer of {layer.Width} × {layer.Height} × {layer.Depth} voxels.");
        }

        // What lies further away is not reached by one click; the edge is where a second one begins.
        var left = Math.Clamp(text.X - (LargestEdge / 2), 0, Math.Max(0, layer.Width - LargestEdge));
        var top = Math.Clamp(text.Y - (LargestEdge / 2), 0, Math.Max(0, layer.Height - LargestEdge));
        var box = new LabelBox(left, top, text.Slice, Math.Min(LargestEdge, layer.Width), Math.Min(LargestEdge, layer.Height), 1);
        var seed = box.IndexOf(text.X, text.Y, text.Slice);
        var belongs = text.Tolerance is { } tolerance ? Like(await GreyAsync(db, place, box, ct), seed, tolerance) : Same(await blocks.ReadAsync(db, layer, box, ct), seed);
        var runs = Region.Around(box.Width, box.Height, text.X - left, text.Y - top, text.Slice, belongs);
        if (runs.Count == 0)
        {
            throw ProblemException.Invalid("The seed has no value, so nothing is like it.");
        }

        if (runs.Count / 4 > StrokeRules.MostRuns)
        {
            throw ProblemException.Invalid($"The region is ragged: {runs.Count / 4:N0} pieces of rows, and {StrokeRules.MostRuns:N0} are possible. Choose another tolerance, or smooth the picture first.");
        }

        return await painter.ActAsync(userId, layerId, new(text.Id, PaintAct.Paint, new(StrokeKind.Rows, text.Label, Moved(runs, left, top))), ct);
    }

    /// <summary>Paints a label on the empty voxels of the slices between the two nearest that have it; <c>null</c> where the layer cannot be seen.</summary>
    /// <exception cref="ProblemException">Invalid, Forbidden or Conflict, with the reason.</exception>
    public async Task<PaintDone?> BetweenAsync(Guid userId, Guid layerId, BetweenText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await PaintPlace.FindAsync(db, userId, layerId, ct) is not { } place)
        {
            return null;
        }

        place.Canvas.MayDraw();
        var (layer, label) = (place.Layer, text.Label);
        if (label == 0 || text.Slice < 0 || text.Slice >= layer.Depth)
        {
            throw ProblemException.Invalid($"Slice {text.Slice} and label {label}: the layer has slices 0 to {layer.Depth - 1}, and 0 is what is not painted.");
        }

        if (Math.Max(layer.Width, layer.Height) > LargestEdge)
        {
            throw ProblemException.Invalid($"Slices of up to {LargestEdge} pixels along an edge are interpolated; this layer has {layer.Width} × {layer.Height}.");
        }

        var painted = await db.PaintBlocks.Where(b => b.LayerId == layerId && Math.Abs(b.Z - text.Slice) <= FurthestSlice).Select(b => b.Z).Distinct().Order().ToListAsync(ct);
        var below = await NearestAsync(db, layer, label, painted.Where(z => z <= text.Slice).Reverse(), ct);
        var above = await NearestAsync(db, layer, label, painted.Where(z => z > text.Slice), ct);
        if (below is not { } from || above is not { } to)
        {
            throw ProblemException.Invalid($"Paint the label on a slice below and on one above slice {text.Slice} first; up to {FurthestSlice} slices away are looked at.");
        }

        if (to.Slice - from.Slice < 2)
        {
            throw ProblemException.Invalid($"The label is painted on slices {from.Slice} and {to.Slice}; none lies between them.");
        }

        var (left, top, right, bottom) = Hull(from.Mask, to.Mask, layer.Width);
        var runs = Between.Runs(Cut(from.Mask, layer.Width, left, top, right, bottom), Cut(to.Mask, layer.Width, left, top, right, bottom), right - left + 1, from.Slice, to.Slice);
        return await painter.ActAsync(userId, layerId, new(text.Id, PaintAct.Paint, new(StrokeKind.Rows, label, Moved(runs, left, top), Only: 0)), ct);
    }

    private async Task<(int Slice, bool[] Mask)?> NearestAsync(CryoHubDb db, PaintLayer layer, ulong label, IEnumerable<int> slices, CancellationToken ct)
    {
        foreach (var slice in slices)
        {
            var labels = await blocks.ReadAsync(db, layer, new(0, 0, slice, layer.Width, layer.Height, 1), ct);
            if (labels.Contains(label))
            {
                return (slice, Array.ConvertAll(labels, value => value == label));
            }
        }

        return null;
    }

    /// <summary>The box round both, with a pixel to spare.</summary>
    private static (int Left, int Top, int Right, int Bottom) Hull(bool[] a, bool[] b, int width)
    {
        var (left, top, right, bottom) = (width, a.Length / width, 0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] || b[i])
            {
                (left, top, right, bottom) = (Math.Min(left, i % width), Math.Min(top, i / width), Math.Max(right, i % width), Math.Max(bottom, i / width));
            }
        }

        return (Math.Max(0, left - 1), Math.Max(0, top - 1), Math.Min(width - 1, right + 1), Math.Min((a.Length / width) - 1, bottom + 1));
    }

    private static bool[] Cut(bool[] mask, int width, int left, int top, int right, int bottom)
    {
        var part = new bool[(right - left + 1) * (bottom - top + 1)];
        for (var y = top; y <= bottom; y++)
        {
            mask.AsSpan((y * width) + left, right - left + 1).CopyTo(part.AsSpan((y - top) * (right - left + 1)));
        }

        return part;
    }

    private static List<double> Moved(List<double> runs, int left, int top)
    {
        for (var i = 0; i < runs.Count; i += 4)
        {
            (runs[i + 1], runs[i + 2], runs[i + 3]) = (runs[i + 1] + top, runs[i + 2] + left, runs[i + 3] + left);
        }

        return runs;
    }

    private async Task<float[]> GreyAsync(CryoHubDb db, PaintPlace place, LabelBox box, CancellationToken ct) =>
        place.Canvas.IsScan
            ? throw ProblemException.Invalid("Pixels of a scan are spectra or patterns; a tolerance of grey values says nothing of them.")
            : await picture.ReadAsync(db, place.Layer, box, ct);

    private static Func<int, bool> Like(float[] grey, int seed, double tolerance)
    {
        if (!(tolerance >= 0))
        {
            throw ProblemException.Invalid($"A tolerance of {tolerance} is not possible.");
        }

        var range = new GreyRange((float)(grey[seed] - tolerance), (float)(grey[seed] + tolerance));
        return index => range.Has(grey[index]);
    }

    private static Func<int, bool> Same(ulong[] labels, int seed)
    {
        var wanted = labels[seed];
        return index => labels[index] == wanted;
    }
}
