using CryoHub.Imaging;
using CryoHub.Imaging.Labels;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Painting;

/// <summary>Strokes that follow from the picture or from what is painted: a region grown from a seed, a closed outline filled.</summary>
public sealed class PaintRegions(IDbContextFactory<CryoHubDb> dbs, PaintPicture picture, PaintBlocks blocks, Painter painter)
{
    /// <summary>Pixels along the edge of what one region can be found in.</summary>
    public const int LargestEdge = 8192;

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
        var runs = Region.Around(box.Width, box.Height, text.X - left, text.Y - top, belongs);
        if (runs.Count == 0)
        {
            throw ProblemException.Invalid("The seed has no value, so nothing is like it.");
        }

        for (var i = 0; i < runs.Count; i += 3)
        {
            (runs[i], runs[i + 1], runs[i + 2]) = (runs[i] + top, runs[i + 1] + left, runs[i + 2] + left);
        }

        if (runs.Count / 3 > StrokeRules.MostRuns)
        {
            throw ProblemException.Invalid($"The region is ragged: {runs.Count / 3:N0} pieces of rows, and {StrokeRules.MostRuns:N0} are possible. Choose another tolerance, or smooth the picture first.");
        }

        return await painter.ActAsync(userId, layerId, new(text.Id, PaintAct.Paint, new(StrokeKind.Rows, text.Label, runs, text.Slice)), ct);
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
