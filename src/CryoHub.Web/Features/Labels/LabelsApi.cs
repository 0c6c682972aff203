using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Labels;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Labels;

internal static class LabelsApi
{
    public static void MapLabels(this IEndpointRouteBuilder routes)
    {
        var ofSample = routes.MapGroup("/api/samples/{id:guid}/labels").WithTags("Labels").RequireAuthorization();
        ofSample.MapGet("", OfSampleAsync);
        ofSample.MapPost("", MakeAsync);

        var ofLab = routes.MapGroup("/api/labs/{id:guid}/labels").WithTags("Labels").RequireAuthorization();
        ofLab.MapGet("", BlanksAsync);
        ofLab.MapPost("", MakeBlanksAsync);

        var labels = routes.MapGroup("/api/labels").WithTags("Labels").RequireAuthorization();
        labels.MapGet("/sheet", SheetAsync);
        labels.MapPut("/{id:guid}/sample", AttachAsync);
        labels.MapDelete("/{id:guid}", TearOffAsync);

        routes.MapGet("/api/scan/{code}", ScanAsync).WithTags("Labels").RequireAuthorization();
    }

    private static Task<Results<Ok<Page<LabelRow>>, NotFound>> OfSampleAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, LabelDesk labels, CancellationToken ct) =>
        labels.OfSampleAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> MakeAsync(Guid id, MakeLabel body, CurrentUser user, LabelDesk labels, CancellationToken ct) =>
        labels.MakeAsync(user.Id, id, body.Code, ct).CreatedAt("/api/labels");

    private static Task<Results<Ok<Page<LabelRow>>, NotFound>> BlanksAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, LabelDesk labels, CancellationToken ct) =>
        labels.BlanksAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Ok<IReadOnlyList<LabelRow>>, NotFound>> MakeBlanksAsync(Guid id, MakeBlankLabels body, CurrentUser user, LabelDesk labels, CancellationToken ct) =>
        labels.MakeBlanksAsync(user.Id, id, body.Count, ct).OrNotFound();

    /// <summary>The named labels as a PDF; <paramref name="skip"/> places of the first sheet are used up already.</summary>
    private static async Task<Results<FileContentHttpResult, NotFound>> SheetAsync(Guid[] id, string? format, int? skip, CurrentUser user, LabelDesk labels, CancellationToken ct)
    {
        if (id.Length is 0 or > LabelDesk.MostAtOnce || skip is < 0)
        {
            throw new ProblemException(ProblemKind.Invalid, $"A sheet takes 1 to {LabelDesk.MostAtOnce} labels and skips no fewer than 0 places; {id.Length} labels were named.");
        }

        var kind = LabelFormat.Find(format);
        var found = await labels.FindAsync(user.Id, id, ct);
        return found.Count == id.Distinct().Count()
            ? TypedResults.File(LabelSheet.Pdf(found, kind, skip ?? 0), "application/pdf", "labels.pdf")
            : TypedResults.NotFound();
    }

    private static Task<ChangeResult> AttachAsync(Guid id, AttachLabel body, CurrentUser user, LabelDesk labels, CancellationToken ct) =>
        labels.AttachAsync(user.Id, id, body.SampleId, ct).ToAnswer();

    private static Task<ChangeResult> TearOffAsync(Guid id, CurrentUser user, LabelDesk labels, CancellationToken ct) => labels.TearOffAsync(user.Id, id, ct).ToAnswer();

    private static async Task<Results<Ok<IReadOnlyList<ScannedItem>>, ProblemHttpResult>> ScanAsync(string code, CurrentUser user, LabelScan scan, CancellationToken ct) =>
        await scan.ScanAsync(user.Id, code, ct) is { Count: > 0 } items
            ? TypedResults.Ok(items)
            : TypedResults.Problem(LabelScan.Unknown(LabelCode.Read(code)), statusCode: StatusCodes.Status404NotFound);
}
