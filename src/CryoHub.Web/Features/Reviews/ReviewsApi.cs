using CryoHub.Platform;
using CryoHub.Platform.Reviews;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Reviews;

/// <summary>Review tasks: given out, handed in, compared, closed.</summary>
internal static class ReviewsApi
{
    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/projects/{id:guid}/reviews", ListAsync).WithTags("Reviews").RequireAuthorization();
        routes.MapPost("/api/datasets/{id:guid}/signals/{index:int}/reviews", MakeAsync).WithTags("Reviews").RequireAuthorization();

        var review = routes.MapGroup("/api/reviews/{id:guid}").WithTags("Reviews").RequireAuthorization();
        review.MapGet("", FindAsync);
        review.MapPost("/part", HandInAsync);
        review.MapDelete("/part", TakeBackAsync);
        review.MapPost("/comparison", CompareAsync);
        review.MapPost("/end", CloseAsync);
    }

    private static Task<Results<Ok<Page<ReviewRow>>, NotFound>> ListAsync(
        Guid id, Guid? datasetId, bool? mine, [AsParameters] PageQuery page, CurrentUser user, ReviewList reviews, CancellationToken ct) =>
        reviews.ListAsync(user.Id, id, datasetId, mine ?? false, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> MakeAsync(Guid id, int index, ReviewText body, CurrentUser user, ReviewDesk desk, CancellationToken ct) =>
        desk.MakeAsync(user.Id, id, index, body, ct).CreatedAt("/api/reviews");

    private static Task<Results<Ok<ReviewRow>, NotFound>> FindAsync(Guid id, CurrentUser user, ReviewList reviews, CancellationToken ct) =>
        reviews.FindAsync(user.Id, id, ct).OrNotFound();

    private static Task<ChangeResult> HandInAsync(Guid id, CurrentUser user, ReviewDesk desk, CancellationToken ct) => desk.HandInAsync(user.Id, id, ct).ToAnswer();

    private static Task<ChangeResult> TakeBackAsync(Guid id, CurrentUser user, ReviewDesk desk, CancellationToken ct) => desk.TakeBackAsync(user.Id, id, ct).ToAnswer();

    private static Task<Results<Ok<Compared>, NotFound>> CompareAsync(Guid id, CurrentUser user, ReviewComparisons comparisons, CancellationToken ct) =>
        comparisons.CompareAsync(user.Id, id, ct).OrNotFound();

    private static Task<ChangeResult> CloseAsync(Guid id, CurrentUser user, ReviewDesk desk, CancellationToken ct) => desk.CloseAsync(user.Id, id, ct).ToAnswer();
}
