using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CryoHub.Web.Problems;

/// <summary>The two ways to say no: "there is nothing here" (also where there is, but not for you) and "you may look, not touch".</summary>
internal static class Refusals
{
    public static ProblemHttpResult NotFound() => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);

    public static ProblemHttpResult Forbidden(string? reason = null) => TypedResults.Problem(reason, statusCode: StatusCodes.Status403Forbidden);

    public static void Describe(EndpointBuilder builder, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            builder.Metadata.Add(status < StatusCodes.Status400BadRequest
                ? new ProducesResponseTypeMetadata(status)
                : new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }
    }
}
