using CryoHub.Web.Problems;

namespace CryoHub.Web.Security;

/// <summary>
/// Refuses what another site makes a browser send with this site's cookies: unsafe methods and the handshakes of circuits and hubs. Browsers say truthfully
/// where a request comes from (Sec-Fetch-Site, or at least Origin); programs without cookies are not concerned, tokens cannot be abused that way.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        IsHarmless(context.Request) || IsFromHere(context.Request)
            ? next(context)
            : Refusals.Forbidden("This request comes from another site.").ExecuteAsync(context);

    private static bool IsHarmless(HttpRequest request)
    {
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        return (safe && !request.Headers.Connection.ToString().Contains("upgrade", StringComparison.OrdinalIgnoreCase)
                && !request.HttpContext.WebSockets.IsWebSocketRequest)
            || TokenAuthentication.IsAsked(request);
    }

    private static bool IsFromHere(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site == "same-origin";
        }

        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            ? origin == $"{request.Scheme}://{request.Host}"
            : request.Cookies.Count == 0;
    }
}
