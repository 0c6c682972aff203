using CryoHub.Imaging;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Access;

/// <summary>The question before something new is put into a project.</summary>
public static class Adding
{
    /// <summary><c>false</c> where the project cannot be seen.</summary>
    /// <exception cref="ProblemException">The person sees the project and may not add to it.</exception>
    public static async Task<bool> MayAddToAsync(this IQueryable<Project> projects, Guid userId, Guid projectId, CancellationToken ct)
    {
        if (await projects.EditableBy(userId).AnyAsync(p => p.Id == projectId, ct))
        {
            return true;
        }

        return await projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct)
            ? throw new ProblemException(ProblemKind.Forbidden, "You may look at this project, not add to it.")
            : false;
    }
}
