using CryoHub.Platform.Annotations;
using CryoHub.Platform.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Painting;

/// <summary>A layer with the picture it lies on and what the person asking may do there.</summary>
internal sealed record PaintPlace(PaintLayer Layer, Canvas Canvas)
{
    /// <summary><c>null</c> where the person sees no such layer, or it was taken away, or it is somebody else's part of a blind review.</summary>
    public static Task<PaintPlace?> FindAsync(CryoHubDb db, Guid userId, Guid layerId, CancellationToken ct) => FindAsync(db, userId, layerId, isDeleted: false, ct);

    /// <summary><c>null</c> where the person sees no such layer.</summary>
    /// <param name="isDeleted">Looks for one that was taken away instead.</param>
    public static async Task<PaintPlace?> FindAsync(CryoHubDb db, Guid userId, Guid layerId, bool isDeleted, CancellationToken ct)
    {
        var layer = await db.PaintLayers.OpenTo(db, userId).AsNoTracking().SingleOrDefaultAsync(l => l.Id == layerId && (l.DeletedAt != null) == isDeleted, ct);
        return layer is not null && await Canvas.FindAsync(db, userId, layer.DatasetId, layer.SignalIndex, ct) is { } canvas ? new(layer, canvas) : null;
    }
}
