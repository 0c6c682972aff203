using CryoHub.Platform.Annotations;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Annotations;

/// <summary>The vocabulary of a project. A class that nobody has changed has version 0.</summary>
internal static class ClassesApi
{
    public static void MapClasses(this IEndpointRouteBuilder routes)
    {
        var classes = routes.MapGroup("/api/projects/{id:guid}/classes").WithTags("Annotations").RequireAuthorization();
        classes.MapGet("", ListAsync);
        classes.MapPut("/{key}", PutAsync);
        classes.MapPost("/{key}/merge", MergeAsync);
    }

    private static Task<Results<Ok<IReadOnlyList<ClassRow>>, NotFound>> ListAsync(Guid id, CurrentUser user, ClassCatalog classes, CancellationToken ct) =>
        classes.ListAsync(user.Id, id, ct).OrNotFound();

    private static Task<EditResult<ClassRow>> PutAsync(
        Guid id, string key, ClassText body, IfMatch version, CurrentUser user, ClassCatalog classes, CancellationToken ct) =>
        classes.PutAsync(user.Id, id, key, body, version.Value, ct).ThenRead(() => classes.FindAsync(user.Id, id, key, ct), row => row.Version, body);

    private static Task<EditResult<ClassRow>> MergeAsync(
        Guid id, string key, MergeClass body, IfMatch version, CurrentUser user, ClassCatalog classes, CancellationToken ct) =>
        classes.MergeAsync(user.Id, id, key, body.Into ?? "", version.Value, ct).ThenRead(() => classes.FindAsync(user.Id, id, key, ct), row => row.Version, body);
}
