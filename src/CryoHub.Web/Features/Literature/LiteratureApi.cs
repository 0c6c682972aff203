using CryoHub.Platform.Literature;

namespace CryoHub.Web.Features.Literature;

/// <summary>Published values, the same for everybody.</summary>
internal static class LiteratureApi
{
    public static void MapLiterature(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/literature", () => TypedResults.Ok(PublishedValues.All)).WithTags("Tables").RequireAuthorization();
}
