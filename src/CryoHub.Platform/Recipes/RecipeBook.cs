using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Recipes;

/// <summary>The recipes of projects. A person finds those of all projects of the lab that she may see, so what one project has found out serves the next.</summary>
public sealed class RecipeBook(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    private const int LongestParameters = 256 << 10;

    /// <summary>Recipes of an analysis for a project: its own first, then those of its lab's other projects; <c>null</c> where the project is not the person's to see.</summary>
    public async Task<Page<RecipeRow>?> ListAsync(Guid userId, Guid projectId, string? analysis, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.Projects.VisibleTo(userId).Where(p => p.Id == projectId).Select(p => (Guid?)p.LabId).SingleOrDefaultAsync(ct) is not { } lab)
        {
            return null;
        }

        var recipes = Visible(db, userId).Where(r => r.Project.LabId == lab && (analysis == null || r.AnalysisKey == analysis));
        return await Rows(db, userId, recipes.OrderBy(r => r.ProjectId == projectId ? 0 : 1).ThenBy(r => r.Name).ThenBy(r => r.Id)).ToPageAsync(page, ct);
    }

    /// <summary>A recipe; <c>null</c> where there is none that the person may see.</summary>
    public async Task<RecipeDetails?> FindAsync(Guid userId, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var recipe = Visible(db, userId).Where(r => r.Id == id);
        if (await Rows(db, userId, recipe).SingleOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }

        using var parameters = await recipe.Select(r => r.Parameters).SingleAsync(ct);
        return new RecipeDetails(row, parameters.RootElement.Clone());
    }

    /// <summary>Keeps parameters under a name; the project's recipe of that analysis and name is replaced. <c>null</c> where the project cannot be seen.</summary>
    /// <exception cref="ProblemException">The name is missing, the parameters are too long, or the project is not the person's to change.</exception>
    public async Task<RecipeRow?> SaveAsync(Guid userId, Guid projectId, SaveRecipe save, CancellationToken ct)
    {
        var name = Required.Name(save.Name);
        var parameters = Required.AtMost(save.Parameters, LongestParameters, "Parameters");
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.EditableBy(userId).AnyAsync(p => p.Id == projectId, ct))
        {
            return await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct)
                ? throw new ProblemException(ProblemKind.Forbidden, "Saving a recipe takes an editor of the project.")
                : null;
        }

        var (id, now) = (Guid.CreateVersion7(), time.GetUtcNow());
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into recipes (id, project_id, analysis_key, analysis_version, name, parameters, saved_by, saved_at)
            values ({id}, {projectId}, {save.Analysis}, {save.Version}, {name}, {parameters}::jsonb, {userId}, {now})
            on conflict (project_id, analysis_key, name) do update
            set analysis_version = excluded.analysis_version, parameters = excluded.parameters, saved_by = excluded.saved_by, saved_at = excluded.saved_at
            """,
            ct);
        return await Rows(db, userId, db.Recipes.Where(r => r.ProjectId == projectId && r.AnalysisKey == save.Analysis && r.Name == name)).SingleAsync(ct);
    }

    /// <summary>Forgets a recipe; results made with it keep their parameters.</summary>
    public async Task<Change> RemoveAsync(Guid userId, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var removed = await db.Recipes.Where(r => r.Id == id && db.Projects.EditableBy(userId).Any(p => p.Id == r.ProjectId)).ExecuteDeleteAsync(ct);
        return removed == 1 ? Change.Done : await Visible(db, userId).AnyAsync(r => r.Id == id, ct) ? Change.Forbidden : Change.Absent;
    }

    private static IQueryable<Recipe> Visible(CryoHubDb db, Guid userId) => db.Recipes.Where(r => db.Projects.VisibleTo(userId).Any(p => p.Id == r.ProjectId));

    private static IQueryable<RecipeRow> Rows(CryoHubDb db, Guid userId, IQueryable<Recipe> recipes) => recipes.Select(r => new RecipeRow(
        r.Id, r.AnalysisKey, r.AnalysisVersion, r.Name, r.ProjectId, r.Project.Name,
        db.Users.Where(u => u.Id == r.SavedBy).Select(u => u.DisplayName).FirstOrDefault() ?? "",
        r.SavedAt,
        r.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor)));
}
