using CryoHub.Platform;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Trash;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Steps;

internal static class StepsApi
{
    public static void MapSteps(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/step-kinds", () => TypedResults.Ok(StepKinds.All)).WithTags("Steps").RequireAuthorization();
        routes.MapGet("/api/datasets/{id:guid}/record", OfImageAsync).WithTags("Steps").RequireAuthorization();
        routes.MapGet("/api/samples/{id:guid}/ledgers", LedgersAsync).WithTags("Steps").RequireAuthorization();

        var ofProject = routes.MapGroup("/api/projects/{id:guid}/steps").WithTags("Steps").RequireAuthorization();
        ofProject.MapGet("", ListAsync);
        ofProject.MapPost("", RecordAsync);

        var steps = routes.MapGroup("/api/steps/{id:guid}").WithTags("Steps").RequireAuthorization();
        steps.MapGet("", FindAsync);
        steps.MapPut("", EditAsync);
        steps.MapDelete("", ThrowAwayAsync);
        steps.MapPost("/sign", SignAsync);
    }

    private static Task<Results<Ok<ImageRecord>, NotFound>> OfImageAsync(Guid id, CurrentUser user, SampleChronicle chronicle, CancellationToken ct) =>
        chronicle.OfImageAsync(user.Id, id, ct).OrNotFound();

    private static Task<Results<Ok<SampleLedgers>, NotFound>> LedgersAsync(Guid id, CurrentUser user, SampleChronicle chronicle, CancellationToken ct) =>
        chronicle.LedgersAsync(user.Id, id, ct).OrNotFound();

    private static Task<Results<Ok<Page<StepRow>>, NotFound>> ListAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, StepLog steps, CancellationToken ct) =>
        steps.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> RecordAsync(Guid id, StepText body, CurrentUser user, StepLog steps, CancellationToken ct) =>
        steps.RecordAsync(user.Id, id, body, ct).CreatedAt("/api/steps");

    private static Task<FoundResult<StepDetails>> FindAsync(Guid id, CurrentUser user, StepLog steps, CancellationToken ct) =>
        steps.FindAsync(user.Id, id, ct).WithVersion(step => step.Version);

    private static Task<EditResult<StepDetails>> EditAsync(Guid id, StepText body, IfMatch version, CurrentUser user, StepLog steps, CancellationToken ct) =>
        steps.EditAsync(user.Id, id, body, version.Value, ct).ThenRead(() => steps.FindAsync(user.Id, id, ct), step => step.Version, body);

    private static Task<ChangeResult> ThrowAwayAsync(Guid id, CurrentUser user, TrashBin trash, CancellationToken ct) =>
        trash.ThrowAwayAsync(user.Id, TrashKind.Step, id, ct).ToAnswer();

    private static Task<EditResult<StepDetails>> SignAsync(
        Guid id, SignStep body, IfMatch version, CurrentUser user, StepSignature signature, StepLog steps, CancellationToken ct) =>
        signature.SignAsync(user.Id, id, version.Value, body.Password, ct)
            .ThenRead(() => steps.FindAsync(user.Id, id, ct), step => step.Version, new SignStep(""));   // a password is never sent back
}
