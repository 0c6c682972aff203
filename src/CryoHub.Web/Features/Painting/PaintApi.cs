using CryoHub.Formats.Tiff.Ome;
using CryoHub.Platform.Painting;
using CryoHub.Platform.Users;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Painting;

/// <summary>Painted layers: acts in their order, the blocks that changed, and each layer as a zarr group that any reader of zarr opens.</summary>
internal static class PaintApi
{
    public static void MapPainting(this IEndpointRouteBuilder routes)
    {
        var signal = routes.MapGroup("/api/datasets/{id:guid}/signals/{index:int}/paint").WithTags("Painting").RequireAuthorization();
        signal.MapGet("", ListAsync);
        signal.MapPost("", MakeAsync);

        var layer = routes.MapGroup("/api/paint/{id:guid}").WithTags("Painting").RequireAuthorization();
        layer.MapGet("", FindAsync);
        layer.MapDelete("", DeleteAsync);
        layer.MapPost("/restore", RestoreAsync);
        layer.MapPut("/labels/{value:long}", PutLabelAsync);
        layer.MapPost("/truth", MarkAsync);
        layer.MapDelete("/truth", UnmarkAsync);
        layer.MapPost("/acts", ActAsync);
        layer.MapPost("/regions", GrowAsync);
        layer.MapPost("/between", BetweenAsync);
        layer.MapGet("/changes", ChangedAsync);
        layer.MapGet("/labels.ome.tif", FileAsync);
        layer.MapPost("/dataset/{dataset:guid}", KeepAsync).RequireScope(TokenScopes.Upload);
        layer.MapGet("/labels.zarr/zarr.json", GroupAsync);
        layer.MapGet("/labels.zarr/0/zarr.json", ArrayAsync);
        layer.MapGet("/labels.zarr/0/c/{z:int}/{y:int}/{x:int}", ChunkAsync);
    }

    private static Task<Results<Ok<IReadOnlyList<PaintLayerRow>>, NotFound>> ListAsync(Guid id, int index, CurrentUser user, PaintLayers layers, CancellationToken ct) =>
        layers.ListAsync(user.Id, id, index, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> MakeAsync(Guid id, int index, NewPaintLayer body, CurrentUser user, PaintLayers layers, CancellationToken ct) =>
        layers.MakeAsync(user.Id, id, index, body.Name, ct).CreatedAt("/api/paint");

    private static Task<Results<Ok<PaintLayerRow>, NotFound>> FindAsync(Guid id, CurrentUser user, PaintLayers layers, CancellationToken ct) =>
        layers.FindAsync(user.Id, id, ct).OrNotFound();

    private static Task<ChangeResult> DeleteAsync(Guid id, CurrentUser user, PaintLayers layers, CancellationToken ct) => layers.DeleteAsync(user.Id, id, ct).ToAnswer();

    private static Task<ChangeResult> RestoreAsync(Guid id, CurrentUser user, PaintLayers layers, CancellationToken ct) => layers.RestoreAsync(user.Id, id, ct).ToAnswer();

    private static Task<ChangeResult> PutLabelAsync(Guid id, long value, PaintLabelText body, CurrentUser user, PaintLayers layers, CancellationToken ct) =>
        layers.PutLabelAsync(user.Id, id, value, body, ct).ToAnswer();

    private static Task<ChangeResult> MarkAsync(Guid id, CurrentUser user, LayerTruth truth, CancellationToken ct) => truth.MarkAsync(user.Id, id, ct).ToAnswer();

    private static Task<ChangeResult> UnmarkAsync(Guid id, CurrentUser user, LayerTruth truth, CancellationToken ct) => truth.UnmarkAsync(user.Id, id, ct).ToAnswer();

    private static Task<Results<Ok<PaintDone>, NotFound>> ActAsync(Guid id, PaintText body, CurrentUser user, Painter painter, CancellationToken ct) =>
        painter.ActAsync(user.Id, id, body, ct).OrNotFound();

    private static Task<Results<Ok<PaintDone>, NotFound>> GrowAsync(Guid id, RegionText body, CurrentUser user, PaintRegions regions, CancellationToken ct) =>
        regions.GrowAsync(user.Id, id, body, ct).OrNotFound();

    private static Task<Results<Ok<PaintDone>, NotFound>> BetweenAsync(Guid id, BetweenText body, CurrentUser user, PaintRegions regions, CancellationToken ct) =>
        regions.BetweenAsync(user.Id, id, body, ct).OrNotFound();

    private static Task<Results<Ok<PaintChanges>, NotFound>> ChangedAsync(Guid id, long? since, int? slice, CurrentUser user, PaintBlocks blocks, CancellationToken ct) =>
        blocks.ChangedAsync(user.Id, id, since ?? 0, slice, ct).OrNotFound();

    private static async Task<Results<PushStreamHttpResult, NotFound>> FileAsync(Guid id, CurrentUser user, PaintFiles files, CancellationToken ct) =>
        await files.OpenAsync(user.Id, id, ct) is { } labels
            ? TypedResults.Stream(body => new OmeTiffWriter().WriteAsync(labels, body, ct), "image/tiff", "labels.ome.tif")
            : TypedResults.NotFound();

    /// <summary>The labels as they are now become a data set, under an id that the sender chose.</summary>
    private static Task<Results<Created<NewId>, NotFound>> KeepAsync(Guid id, Guid dataset, CurrentUser user, PaintFiles files, CancellationToken ct) =>
        files.KeepAsync(user.Id, id, dataset, ct).CreatedAt("/api/datasets");

    private static async Task<Results<JsonHttpResult<object>, NotFound>> GroupAsync(Guid id, CurrentUser user, PaintLayers layers, CancellationToken ct) =>
        await layers.FindAsync(user.Id, id, ct) is { } layer ? TypedResults.Json<object>(PaintZarr.Group(layer)) : TypedResults.NotFound();

    private static async Task<Results<JsonHttpResult<object>, NotFound>> ArrayAsync(Guid id, CurrentUser user, PaintLayers layers, CancellationToken ct) =>
        await layers.FindAsync(user.Id, id, ct) is { } layer ? TypedResults.Json<object>(PaintZarr.Array(layer)) : TypedResults.NotFound();

    /// <summary>An absent chunk is one nobody has painted in: 0, as the array's fill value says.</summary>
    private static async Task<Results<FileContentHttpResult, NotFound>> ChunkAsync(Guid id, int z, int y, int x, CurrentUser user, PaintBlocks blocks, CancellationToken ct) =>
        await blocks.ChunkAsync(user.Id, id, z, y, x, ct) is { } bytes ? TypedResults.File(bytes, "application/octet-stream") : TypedResults.NotFound();
}
