using CryoHub.Platform;
using CryoHub.Platform.Search;
using CryoHub.Web.Features.Datasets;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Search;

internal static class SearchApi
{
    public static void MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/search", FindAsync).WithTags("Search").RequireAuthorization().RequireRateLimiting(RateLimits.Search);

    private static async Task<Ok<Page<SearchHit>>> FindAsync(
        [AsParameters] ListDatasets filter, [AsParameters] PageQuery page, CurrentUser user, SearchIndex index, CancellationToken ct) =>
        TypedResults.Ok(await index.FindAsync(user.Id, filter.ToFilter(), page, ct));
}
