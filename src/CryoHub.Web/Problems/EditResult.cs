using System.Reflection;
using CryoHub.Platform;
using Microsoft.AspNetCore.Http.Metadata;

namespace CryoHub.Web.Problems;

/// <summary>
/// The answer to an edit with If-Match: the record as it is now with its ETag; or 404, 403; or 409 with both versions, the caller's (<c>yours</c>) and the
/// stored one (<c>current</c>).
/// </summary>
/// <param name="change">What became of the edit.</param>
/// <param name="current">The stored record as the caller sees it now; <c>null</c> where it is gone.</param>
/// <param name="version">Of the stored record.</param>
/// <param name="yours">What the caller had sent.</param>
internal sealed class EditResult<T>(Change change, T? current, uint version, object yours) : IResult, IEndpointMetadataProvider
    where T : class
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        Refusals.Describe(builder, StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    public Task ExecuteAsync(HttpContext httpContext) => (change, current) switch
    {
        (Change.Done, { } now) => new FoundResult<T>(now, version).ExecuteAsync(httpContext),
        (Change.Conflict, { } now) => Conflict(httpContext, now),
        (Change.Forbidden, _) => Refusals.Forbidden().ExecuteAsync(httpContext),
        _ => Refusals.NotFound().ExecuteAsync(httpContext),
    };

    private Task Conflict(HttpContext httpContext, T now)
    {
        httpContext.Response.Headers.ETag = $"\"{version}\"";
        return TypedResults.Problem(
            "Somebody else has changed this in the meantime. Nothing of yours was saved; both versions are here.",
            statusCode: StatusCodes.Status409Conflict,
            extensions: new Dictionary<string, object?> { ["current"] = now, ["yours"] = yours, ["version"] = version }).ExecuteAsync(httpContext);
    }
}
