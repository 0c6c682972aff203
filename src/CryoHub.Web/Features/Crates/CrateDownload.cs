using System.Reflection;
using CryoHub.Platform.Crates;
using CryoHub.Web.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace CryoHub.Web.Features.Crates;

/// <summary>An archive that is made while it is sent, or 404. What goes wrong on the way breaks the connection off, so that nobody takes a part for the whole.</summary>
internal sealed class CrateDownload(Crate? crate) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), ["application/zip"]));
        Refusals.Describe(builder, StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (crate is null)
        {
            return Refusals.NotFound().ExecuteAsync(httpContext);
        }

        httpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(stream => crate.WriteAsync(stream, httpContext.RequestAborted), "application/zip", crate.FileName).ExecuteAsync(httpContext);
    }
}
