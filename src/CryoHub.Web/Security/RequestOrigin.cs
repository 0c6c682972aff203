using CryoHub.Platform.Audit;

namespace CryoHub.Web.Security;

/// <summary>Notes for the audit trail who asks, and from where.</summary>
internal sealed class RequestOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        Origin.Current = new Origin(CurrentUser.From(context.User)?.Id, context.Connection.RemoteIpAddress?.ToString() ?? "");
        return next(context);
    }
}
