using CryoHub.Imaging;
using CryoHub.Platform.Painting;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Reviews;

/// <summary>What review tasks ask of painted layers: who sees them, and who paints on them until when.</summary>
internal static class ReviewLayers
{
    /// <summary>Leaves out what somebody else paints for a blind task that is still under way.</summary>
    public static IQueryable<PaintLayer> OpenTo(this IQueryable<PaintLayer> layers, CryoHubDb db, Guid userId) => layers.Where(l => !db.ReviewAssignments.Any(
        a => a.LayerId == l.Id && a.UserId != userId && a.Task.IsBlind && a.Task.ClosedAt == null && a.Task.Assignments.Any(other => other.HandedInAt == null)));

    /// <summary>To be asked with the layer's row locked, as handing in locks it too.</summary>
    /// <exception cref="ProblemException">Forbidden: the layer is somebody else's part of a task. Conflict: it was handed in.</exception>
    public static async Task RequireOpenAsync(CryoHubDb db, Guid userId, Guid layerId, CancellationToken ct)
    {
        var part = await db.ReviewAssignments.AsNoTracking().Where(a => a.LayerId == layerId).Select(a => new { a.UserId, a.HandedInAt, a.Task.Title, a.Task.ClosedAt }).SingleOrDefaultAsync(ct);
        if (part is null)
        {
            return;
        }

        if (part.UserId != userId)
        {
            throw new ProblemException(ProblemKind.Forbidden, $"This layer is somebody else's part of the review “{part.Title}”.");
        }

        if (part.HandedInAt is not null || part.ClosedAt is not null)
        {
            throw new ProblemException(ProblemKind.Conflict, part.ClosedAt is null ? $"You have handed in your part of “{part.Title}”; take it back to go on painting." : $"The review “{part.Title}” is closed.");
        }
    }

    /// <summary>To be asked with the layer's row locked.</summary>
    /// <exception cref="ProblemException">Conflict: it is a part of a review that is still worked on.</exception>
    public static async Task RequireHandedInAsync(CryoHubDb db, Guid layerId, CancellationToken ct)
    {
        if (await db.ReviewAssignments.Where(a => a.LayerId == layerId && a.HandedInAt == null && a.Task.ClosedAt == null).Select(a => a.Task.Title).SingleOrDefaultAsync(ct) is { } title)
        {
            throw new ProblemException(ProblemKind.Conflict, $"The layer is a part of the review “{title}” that is not handed in yet.");
        }
    }

    /// <exception cref="ProblemException">Conflict: the layer belongs to a review.</exception>
    public static async Task RequireNoneAsync(CryoHubDb db, Guid layerId, CancellationToken ct)
    {
        if (await db.ReviewAssignments.Where(a => a.LayerId == layerId).Select(a => a.Task.Title).SingleOrDefaultAsync(ct) is { } title)
        {
            throw new ProblemException(ProblemKind.Conflict, $"The layer belongs to the review “{title}” and stays with it.");
        }
    }
}
