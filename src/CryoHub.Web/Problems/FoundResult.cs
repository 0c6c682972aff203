using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace CryoHub.Web.Problems;

/// <summary>A record with its version as ETag, or 404.</summary>
internal sealed class FoundResult<T>(T? record, uint version) : IResult, IEndpointMetadataProvider
    where T : class
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        Refusals.Describe(builder, StatusCodes.Status404NotFound);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (record is null)
        {
            return Refusals.NotFound().ExecuteAsync(httpContext);
        }

        httpContext.Response.Headers.ETag = $"\"{version}\"";
        return TypedResults.Ok(record).ExecuteAsync(httpContext);
    }
}
