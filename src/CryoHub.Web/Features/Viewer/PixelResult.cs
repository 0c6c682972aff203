using System.Reflection;
using CryoHub.Platform.Storage;
using CryoHub.Web.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace CryoHub.Web.Features.Viewer;

/// <summary>Stored bytes with ranges (also suffix ranges), ETag and a short private life in the browser's cache; what has a name is an attachment.</summary>
internal sealed class PixelResult(Download? download) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Refusals.Describe(builder, StatusCodes.Status200OK, StatusCodes.Status206PartialContent, StatusCodes.Status304NotModified, StatusCodes.Status404NotFound);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (download is null)
        {
            return Refusals.NotFound().ExecuteAsync(httpContext);
        }

        var headers = httpContext.Response.Headers;
        headers.CacheControl = "private, max-age=60";
        headers.XContentTypeOptions = "nosniff";
        var name = download.Name.Length > 0 ? download.Name : null;
        return TypedResults.Stream(download.Content, download.MediaType, name, entityTag: new EntityTagHeaderValue($"\"{download.ETag}\""), enableRangeProcessing: true).ExecuteAsync(httpContext);
    }
}
