using CryoHub.Platform;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Storage.Files;
using CryoHub.Platform.Uploads;
using CryoHub.Platform.Users;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CryoHub.Web.Features.Uploads;

internal static class UploadsApi
{
    /// <summary>A part of a 5 TiB file has 525 MiB; everywhere else requests stay small.</summary>
    private const long LargestPart = 1L << 30;

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup("/api/uploads").WithTags("Uploads").RequireAuthorization().RequireScope(TokenScopes.Upload);
        uploads.MapPost("", StartAsync);
        uploads.MapGet("", ListAsync);
        uploads.MapGet("/{id:guid}", FindAsync);
        uploads.MapPost("/{id:guid}/parts/{number:int}", SignPartAsync);
        uploads.MapPost("/{id:guid}/complete", CompleteAsync);
        uploads.MapDelete("/{id:guid}", GiveUpAsync);
        // The signature in the address is the right to send this part, as with S3.
        routes.MapPut("/api/uploads/file-parts/{upload}/{number:int}", ReceivePartAsync).WithTags("Uploads").AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(LargestPart));
    }

    private static async Task<Results<Created<UploadStarted>, NotFound>> StartAsync(StartUpload body, CurrentUser user, UploadDesk uploads, CancellationToken ct) =>
        await uploads.StartAsync(user.Id, body, ct) is { } started ? TypedResults.Created($"/api/uploads/{started.Id}", started) : TypedResults.NotFound();

    private static async Task<Ok<Page<UploadRow>>> ListAsync(Guid projectId, [AsParameters] PageQuery page, CurrentUser user, UploadDesk uploads, CancellationToken ct) =>
        TypedResults.Ok(await uploads.ListAsync(user.Id, projectId, page, ct));

    private static Task<Results<Ok<UploadState>, NotFound>> FindAsync(Guid id, CurrentUser user, UploadDesk uploads, CancellationToken ct) =>
        uploads.FindAsync(user.Id, id, ct).OrNotFound();

    private static Task<Results<Ok<SignedPart>, NotFound>> SignPartAsync(Guid id, int number, PartAnnounced body, CurrentUser user, UploadDesk uploads, CancellationToken ct) =>
        uploads.SignPartAsync(user.Id, id, number, body.Size, body.Sha256, ct).OrNotFound();

    private static Task<Results<Ok<UploadCompleted>, NotFound>> CompleteAsync(Guid id, CompleteUpload body, CurrentUser user, UploadCompletion completion, CancellationToken ct) =>
        completion.CompleteAsync(user.Id, id, body, ct).OrNotFound();

    private static Task<ChangeResult> GiveUpAsync(Guid id, CurrentUser user, UploadCleaner cleaner, CancellationToken ct) => cleaner.GiveUpAsync(user.Id, id, ct).ToAnswer();

    private static async Task<Results<Ok, NotFound>> ReceivePartAsync(
        string upload, int number, long size, string sha256, long expires, string signature, HttpContext http, UploadDesk uploads, CancellationToken ct)
    {
        if (await uploads.ReceivePartAsync(new FilePart(upload, number, size, sha256, expires, signature), http.Request.Body, ct) is not { } etag)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.ETag = $"\"{etag}\"";
        return TypedResults.Ok();
    }
}
