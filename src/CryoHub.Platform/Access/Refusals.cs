using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Access;

/// <summary>Why an edit touched no row: asked only after it failed, so that the good case stays one statement.</summary>
public static class Refusals
{
    public static async Task<Change> WhyNotAsync<T>(
        this IQueryable<T> rows, Guid userId, Guid id, CancellationToken ct, ProjectRole needed = ProjectRole.Editor)
        where T : class, IInProject
    {
        if (!await rows.VisibleTo(userId).AnyAsync(row => row.Id == id, ct))
        {
            return Change.Absent;
        }

        return await rows.WithRole(userId, needed).AnyAsync(row => row.Id == id, ct) ? Change.Conflict : Change.Forbidden;
    }

    public static async Task<Change> WhyNotAsync(
        this IQueryable<Project> projects, Guid userId, Guid id, CancellationToken ct, ProjectRole needed = ProjectRole.Editor)
    {
        if (!await projects.VisibleTo(userId).AnyAsync(project => project.Id == id, ct))
        {
            return Change.Absent;
        }

        return await projects.WithRole(userId, needed).AnyAsync(project => project.Id == id, ct) ? Change.Conflict : Change.Forbidden;
    }
}
