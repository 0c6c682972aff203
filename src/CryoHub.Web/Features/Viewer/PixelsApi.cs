using CryoHub.Platform.Storage;
using CryoHub.Web.Security;

namespace CryoHub.Web.Features.Viewer;

/// <summary>What the viewer reads chunk by chunk, and the originals for download.</summary>
internal static class PixelsApi
{
    public static void MapPixels(this IEndpointRouteBuilder routes)
    {
        var pixels = routes.MapGroup("/api").WithTags("Pixels").RequireAuthorization();
        pixels.MapGet("/datasets/{id:guid}/signals/{index:int}.zarr/{**path}", OfSignalAsync);
        pixels.MapGet("/datasets/{id:guid}/signals/{index:int}/thumbnail", ThumbnailAsync);
        pixels.MapGet("/datasets/{id:guid}/files/{file:guid}", OriginalAsync);
        pixels.MapGet("/results/{id:guid}/items/{index:int}.zarr/{**path}", OfItemAsync);
    }

    private static Task<PixelResult> OfSignalAsync(Guid id, int index, string path, CurrentUser user, Pixels pixels, CancellationToken ct) =>
        pixels.OfSignalAsync(user.Id, id, index, path, ct).ToAnswer();

    private static Task<PixelResult> ThumbnailAsync(Guid id, int index, CurrentUser user, Pixels pixels, CancellationToken ct) =>
        pixels.SignalThumbnailAsync(user.Id, id, index, ct).ToAnswer();

    private static Task<PixelResult> OriginalAsync(Guid id, Guid file, CurrentUser user, Pixels pixels, CancellationToken ct) =>
        pixels.OriginalAsync(user.Id, id, file, ct).ToAnswer();

    private static Task<PixelResult> OfItemAsync(Guid id, int index, string path, CurrentUser user, Pixels pixels, CancellationToken ct) =>
        pixels.OfItemAsync(user.Id, id, index, path, ct).ToAnswer();
}
