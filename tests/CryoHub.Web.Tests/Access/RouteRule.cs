namespace CryoHub.Web.Tests.Access;

/// <summary>One line of the table: what each role is told at a route.</summary>
/// <param name="Route">Method and pattern as the host knows it, for instance <c>GET /api/labs/{id:guid}</c>.</param>
/// <param name="Statuses">Eight status codes in the order of <see cref="Role"/>.</param>
/// <param name="Url">The route filled in.</param>
/// <param name="Body">What is sent as JSON.</param>
/// <param name="Version">What is sent as If-Match.</param>
/// <param name="Form">What is sent as a form instead.</param>
public sealed record RouteRule(
    string Route, string Statuses, Func<World, string>? Url = null, Func<World, object>? Body = null, Func<World, uint>? Version = null,
    IReadOnlyDictionary<string, string>? Form = null)
{
    public string Method => Route.Split(' ')[0];

    public int StatusFor(Role role) => int.Parse(Statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries)[(int)role], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A route that everybody who has signed in may use, because it only ever concerns the person.</summary>
    public static RouteRule ForAll(string route, int status, Func<World, object>? body = null) =>
        new(route, "401" + string.Concat(Enumerable.Repeat($" {status}", 7)), Body: body);

    public override string ToString() => Route;
}
