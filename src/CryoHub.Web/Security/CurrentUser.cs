using System.Security.Claims;

namespace CryoHub.Web.Security;

/// <summary>The signed-in person, as a parameter of handlers behind <c>RequireAuthorization</c> and in pages.</summary>
public sealed record CurrentUser(Guid Id) : IBindableFromHttpContext<CurrentUser>
{
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context, System.Reflection.ParameterInfo parameter) =>
        ValueTask.FromResult(From(context.User));

    /// <summary><c>null</c> where nobody has signed in.</summary>
    public static CurrentUser? From(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? new CurrentUser(id) : null;
}
