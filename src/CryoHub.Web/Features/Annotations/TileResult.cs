using System.Globalization;
using System.Reflection;
using CryoHub.Platform.Annotations;
using CryoHub.Web.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace CryoHub.Web.Features.Annotations;

/// <summary>A tile of shapes, which browsers keep and ask for again with the layer's number: where nothing has changed nothing is read and nothing travels.</summary>
internal sealed class TileResult(ShapeTileBytes? tile) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Refusals.Describe(builder, StatusCodes.Status200OK, StatusCodes.Status304NotModified, StatusCodes.Status404NotFound);

    /// <summary>The layer's number that the asking side has the tile of.</summary>
    public static long? Known(HttpRequest request) =>
        request.GetTypedHeaders().IfNoneMatch is [var tag, ..] && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (tile is null)
        {
            return Refusals.NotFound().ExecuteAsync(httpContext);
        }

        var headers = httpContext.Response.GetTypedHeaders();
        headers.CacheControl = new() { Private = true, NoCache = true };
        headers.ETag = new EntityTagHeaderValue($"\"{tile.Sequence}\"");
        return tile.Bytes is { } bytes ? TypedResults.Bytes(bytes, "application/octet-stream").ExecuteAsync(httpContext) : TypedResults.StatusCode(StatusCodes.Status304NotModified).ExecuteAsync(httpContext);
    }
}
