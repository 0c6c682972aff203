using CryoHub.Platform.Projects;

namespace CryoHub.Platform.Access;

/// <summary>The first words of every query of user data.</summary>
public static class Visibility
{
    /// <summary>What the person may see and nobody has put into the trash, neither itself nor its project.</summary>
    public static IQueryable<T> VisibleTo<T>(this IQueryable<T> rows, Guid userId)
        where T : class, IInProject => rows.WithRole(userId, ProjectRole.Viewer);

    /// <summary>What the person may change.</summary>
    public static IQueryable<T> EditableBy<T>(this IQueryable<T> rows, Guid userId)
        where T : class, IInProject => rows.WithRole(userId, ProjectRole.Editor);

    /// <summary>What the person may use with at least <paramref name="least"/>.</summary>
    public static IQueryable<T> WithRole<T>(this IQueryable<T> rows, Guid userId, ProjectRole least)
        where T : class, IInProject =>
        rows.Where(row => row.DeletedAt == null && row.Project.DeletedAt == null && row.Project.Access.Any(a => a.UserId == userId && a.Role >= least));

    public static IQueryable<Project> VisibleTo(this IQueryable<Project> projects, Guid userId) => projects.WithRole(userId, ProjectRole.Viewer);

    public static IQueryable<Project> EditableBy(this IQueryable<Project> projects, Guid userId) => projects.WithRole(userId, ProjectRole.Editor);

    public static IQueryable<Project> WithRole(this IQueryable<Project> projects, Guid userId, ProjectRole least) =>
        projects.Where(project => project.DeletedAt == null && project.Access.Any(a => a.UserId == userId && a.Role >= least));
}
