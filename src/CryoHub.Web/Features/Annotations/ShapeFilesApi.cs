using CryoHub.Imaging.Shapes.Files;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Annotations.Imports;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CryoHub.Web.Features.Annotations;

/// <summary>Files of shapes for and from other programs: taking them away; what one would draw, drawing it under an id of the sender's choice, taking that back and bringing it back.</summary>
internal static class ShapeFilesApi
{
    /// <summary>More than is read, so that a file slightly too large is refused in words.</summary>
    private const long LargestBody = 2L * ShapeFileReaders.LargestBytes;

    public static void MapShapeFiles(this IEndpointRouteBuilder routes)
    {
        var layer = routes.MapGroup("/api/datasets/{id:guid}/signals/{index:int}/layer").WithTags("Annotations").RequireAuthorization();
        layer.MapGet("/files/{name}", WriteAsync);
        layer.MapPost("/import-plan", PlanAsync).WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        layer.MapPut("/imports/{import:guid}", DrawAsync).WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        layer.MapDelete("/imports/{import:guid}", TakeBackAsync);
        layer.MapPost("/imports/{import:guid}/restore", BringBackAsync);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> WriteAsync(Guid id, int index, string name, CurrentUser user, ShapeExports exports, CancellationToken ct) =>
        await exports.WriteAsync(user.Id, id, index, name, ct) is { } file ? TypedResults.File(file.Bytes, file.MediaType, file.FileName) : TypedResults.NotFound();

    private static async Task<Results<Ok<ImportPlan>, NotFound>> PlanAsync(
        Guid id, int index, [AsParameters] ImportQuery query, HttpRequest request, CurrentUser user, ShapeImports imports, CancellationToken ct) =>
        await imports.PlanAsync(user.Id, id, index, await query.ReadAsync(request, ct), ct).OrNotFound();

    private static async Task<Results<Ok<ImportDone>, NotFound>> DrawAsync(
        Guid id, int index, Guid import, [AsParameters] ImportQuery query, HttpRequest request, CurrentUser user, ShapeImports imports, CancellationToken ct) =>
        await imports.DrawAsync(user.Id, id, index, import, await query.ReadAsync(request, ct), ct).OrNotFound();

    private static Task<Results<Ok<ImportDone>, NotFound>> TakeBackAsync(Guid id, int index, Guid import, CurrentUser user, ShapeImports imports, CancellationToken ct) =>
        imports.TakeBackAsync(user.Id, id, index, import, ct).OrNotFound();

    private static Task<Results<Ok<ImportDone>, NotFound>> BringBackAsync(Guid id, int index, Guid import, CurrentUser user, ShapeImports imports, CancellationToken ct) =>
        imports.BringBackAsync(user.Id, id, index, import, ct).OrNotFound();
}
