using System.Reflection;
using CryoHub.Platform;

namespace CryoHub.Web.Problems;

/// <summary>The answer to a change without content: 204, 404, 403 or 409.</summary>
internal sealed class ChangeResult(Change change) : IResult, Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider
{
    public static implicit operator ChangeResult(Change change) => new(change);

    public static implicit operator ChangeResult(bool done) => new(done ? Change.Done : Change.Absent);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Refusals.Describe(
            builder, StatusCodes.Status204NoContent, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    public Task ExecuteAsync(HttpContext httpContext) => (change switch
    {
        Change.Done => (IResult)TypedResults.NoContent(),
        Change.Forbidden => Refusals.Forbidden(),
        Change.Conflict => TypedResults.Problem("Somebody else was faster; load it again.", statusCode: StatusCodes.Status409Conflict),
        _ => Refusals.NotFound(),
    }).ExecuteAsync(httpContext);
}
