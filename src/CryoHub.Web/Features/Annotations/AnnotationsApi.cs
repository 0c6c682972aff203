using CryoHub.Platform;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Users;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Annotations;

/// <summary>Shapes on a signal: by view (as rows, as tiles, counted), what is new since a number, drawn, changed, taken away and brought back.</summary>
internal static class AnnotationsApi
{
    public static void MapAnnotations(this IEndpointRouteBuilder routes)
    {
        routes.MapHub<AnnotationsHub>("/hubs/annotations", connection => connection.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization().RequireScope(TokenScopes.Read);

        var layer = routes.MapGroup("/api/datasets/{id:guid}/signals/{index:int}/layer").WithTags("Annotations").RequireAuthorization();
        layer.MapGet("", LayerAsync);
        layer.MapPost("/lock", HoldAsync);
        layer.MapDelete("/lock", LetGoAsync);
        layer.MapGet("/shapes", ListAsync);
        layer.MapPost("/shapes", DrawAsync);
        layer.MapGet("/changes", ChangesAsync);
        layer.MapGet("/count", CountAsync);
        layer.MapGet("/classes", ClassesAsync);
        layer.MapGet("/tiles/{size:int}/{x:int}/{y:int}", TileAsync);
        layer.MapGet("/shapes.csv", CsvAsync);
        layer.MapGet("/shapes.geojson", GeoJsonAsync);

        var shape = routes.MapGroup("/api/shapes/{id:guid}").WithTags("Annotations").RequireAuthorization();
        shape.MapGet("", FindAsync);
        shape.MapPut("", EditAsync);
        shape.MapDelete("", TakeAwayAsync);
        shape.MapGet("/versions", VersionsAsync);
        shape.MapPost("/versions/{revision:int}/restore", GoBackAsync);
    }

    private static Task<Results<Ok<LayerState>, NotFound>> LayerAsync(Guid id, int index, CurrentUser user, ShapeLog shapes, CancellationToken ct) =>
        shapes.LayerAsync(user.Id, id, index, ct).OrNotFound();

    private static Task<ChangeResult> HoldAsync(Guid id, int index, CurrentUser user, LayerLocks locks, CancellationToken ct) =>
        locks.HoldAsync(user.Id, id, index, ct).ToAnswer();

    private static Task<ChangeResult> LetGoAsync(Guid id, int index, CurrentUser user, LayerLocks locks, CancellationToken ct) =>
        locks.LetGoAsync(user.Id, id, index, ct).ToAnswer();

    private static Task<Results<Ok<Page<ShapeRow>>, NotFound>> ListAsync(
        Guid id, int index, [AsParameters] ShapeQuery query, [AsParameters] PageQuery page, CurrentUser user, ShapeLog shapes, CancellationToken ct) =>
        shapes.ListAsync(user.Id, id, index, query.View, query.Frame, page, ct).OrNotFound();

    private static Task<Results<Ok<IReadOnlyList<Guid>>, NotFound>> DrawAsync(
        Guid id, int index, IReadOnlyList<ShapeText> body, CurrentUser user, ShapeDrawing drawing, CancellationToken ct) =>
        drawing.DrawAsync(user.Id, id, index, body, ct).OrNotFound();

    private static Task<Results<Ok<IReadOnlyList<ShapeRow>>, NotFound>> ChangesAsync(
        Guid id, int index, long? since, CurrentUser user, ShapeLog shapes, CancellationToken ct) =>
        shapes.ChangesAsync(user.Id, id, index, since ?? 0, ct).OrNotFound();

    private static Task<Results<Ok<ShapeCount>, NotFound>> CountAsync(Guid id, int index, [AsParameters] ShapeQuery query, CurrentUser user, ShapeTiles tiles, CancellationToken ct) =>
        tiles.CountAsync(user.Id, id, index, query.View ?? throw ShapeQuery.NoView(), query.Frame, ct).OrNotFound();

    private static Task<Results<Ok<IReadOnlyList<ClassCount>>, NotFound>> ClassesAsync(Guid id, int index, CurrentUser user, ShapeTiles tiles, CancellationToken ct) =>
        tiles.ClassesAsync(user.Id, id, index, ct).OrNotFound();

    private static async Task<TileResult> TileAsync(
        Guid id, int index, int size, int x, int y, int? frame, bool? density, HttpRequest request, CurrentUser user, ShapeTiles tiles, CancellationToken ct) =>
        new(await tiles.FindAsync(user.Id, id, index, new(size, x, y), frame, density ?? false, TileResult.Known(request), ct));

    private static async Task<Results<FileContentHttpResult, NotFound>> CsvAsync(Guid id, int index, bool? intensity, CurrentUser user, ShapeFiles files, CancellationToken ct) =>
        await files.CsvAsync(user.Id, id, index, intensity ?? false, ct) is { } bytes ? TypedResults.File(bytes, "text/csv", "shapes.csv") : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> GeoJsonAsync(Guid id, int index, CurrentUser user, ShapeFiles files, CancellationToken ct) =>
        await files.GeoJsonAsync(user.Id, id, index, ct) is { } bytes ? TypedResults.File(bytes, "application/geo+json", "shapes.geojson") : TypedResults.NotFound();

    private static Task<FoundResult<ShapeRow>> FindAsync(Guid id, bool? intensity, CurrentUser user, ShapeLog shapes, ShapeIntensities intensities, CancellationToken ct) =>
        (intensity ?? false ? intensities.FindAsync(user.Id, id, ct) : shapes.FindAsync(user.Id, id, ct)).WithVersion(Revision);

    private static Task<EditResult<ShapeRow>> EditAsync(
        Guid id, ShapeText body, IfMatch version, CurrentUser user, ShapeDrawing drawing, ShapeLog shapes, CancellationToken ct) =>
        drawing.EditAsync(user.Id, id, body, version.Value, ct).ThenRead(() => shapes.FindAsync(user.Id, id, ct), Revision, body);

    private static Task<EditResult<ShapeRow>> TakeAwayAsync(
        Guid id, IfMatch version, CurrentUser user, ShapeDrawing drawing, ShapeLog shapes, CancellationToken ct) =>
        drawing.TakeAwayAsync(user.Id, id, version.Value, ct).ThenRead(() => shapes.FindAsync(user.Id, id, ct), Revision, version);

    private static Task<Results<Ok<Page<ShapeRow>>, NotFound>> VersionsAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, ShapeLog shapes, CancellationToken ct) =>
        shapes.VersionsAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<EditResult<ShapeRow>> GoBackAsync(
        Guid id, int revision, IfMatch version, CurrentUser user, ShapeDrawing drawing, ShapeLog shapes, CancellationToken ct) =>
        drawing.GoBackAsync(user.Id, id, revision, version.Value, ct).ThenRead(() => shapes.FindAsync(user.Id, id, ct), Revision, version);

    private static uint Revision(ShapeRow shape) => (uint)shape.Revision;
}
