using Microsoft.Extensions.Options;

namespace CryoHub.Web.Security;

/// <summary>
/// What the browser may do with our pages. No script inside HTML, so a name with a script in it stays a name. WebAssembly is allowed for the decoders of
/// zarr chunks; style attributes are what the component library draws with.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<WebOptions> options)
{
    private readonly string policy = string.Join(
        "; ",
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        string.Join(' ', ["connect-src 'self'", .. options.Value.ConnectSources]),
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default inert");   // Features/TrustedTypes

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            headers.CacheControl = "no-store";   // pixels say otherwise themselves
        }

        if (context.Request.Path == "/js/workflows-worker.js")
        {
            headers["Service-Worker-Allowed"] = "/runs/";   // it lies with the other scripts and keeps the pages of the bench
        }

        return next(context);
    }
}
