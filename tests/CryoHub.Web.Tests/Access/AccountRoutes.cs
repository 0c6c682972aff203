namespace CryoHub.Web.Tests.Access;

internal static class AccountRoutes
{
    private const string Everybody = "{0} {0} {0} {0} {0} {0} {0} {0}";

    public static IReadOnlyList<RouteRule> Rules { get; } =
    [
        new("POST /api/account/sign-in", All(401), Body: _ => new { Email = "nobody@example.org", Password = "wrong" }),
        new("POST /api/account/second-step", All(401), Body: _ => new { Code = "123456" }),
        new("POST /api/account/forgot", All(202), Body: _ => new { Email = "nobody@example.org" }),
        new("POST /api/account/password", All(400), Body: _ => new { Email = "nobody@example.org", Code = "x", Password = "x" }),
        new("GET /api/account/invitation", All(404), _ => "/api/account/invitation?code=wrong"),
        new("POST /api/account/invitation", All(404), Body: _ => new { Code = "wrong" }),
        RouteRule.ForAll("POST /api/account/sign-out", 204),
        new("POST /account/do/sign-in", All(302), Form: Form("email", "nobody@example.org")),
        new("POST /account/do/second-step", All(302), Form: Form("code", "123456")),
        new("POST /account/do/forgot", All(302), Form: Form("email", "nobody@example.org")),
        new("POST /account/do/password", All(302), Form: Form("email", "nobody@example.org")),
        new("POST /account/do/invitation", All(302), Form: Form("code", "wrong")),
        new("POST /account/do/sign-out", All(302), Form: Form("", "")),

        RouteRule.ForAll("GET /api/me", 200),
        RouteRule.ForAll("PUT /api/me", 204, _ => new { DisplayName = "Somebody" }),
        RouteRule.ForAll("GET /api/me/tokens", 200),
        RouteRule.ForAll("POST /api/me/tokens", 200, _ => new { Name = "t", Scopes = new[] { "read" }, Days = 1 }),
        new("DELETE /api/me/tokens/{id:guid}", "401 404 404 404 404 404 204 404", w => $"/api/me/tokens/{w.Token}"),
        RouteRule.ForAll("POST /api/me/second-factor/key", 200),
        RouteRule.ForAll("POST /api/me/second-factor", 400, _ => new { Code = "000000" }),
        RouteRule.ForAll("DELETE /api/me/second-factor", 403, _ => new { Password = "wrong" }),

        new("GET /api/users", "401 403 403 403 403 403 403 200"),
        new("POST /api/users", "401 403 403 403 403 403 403 201", Body: w => new { Email = $"{w.Lab:n}@example.org", DisplayName = "New" }),
        new("DELETE /api/users/{id:guid}", "401 403 403 403 403 403 403 204", w => $"/api/users/{w.Member}"),

        new("GET /", All(302)),
        new("GET /healthz/live", All(200)),
        new("GET /healthz/ready", All(200)),
        new("GET /openapi/{documentName}.json", All(200), _ => "/openapi/v1.json"),
    ];

    private static string All(int status) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Everybody, status);

    private static Dictionary<string, string> Form(string name, string value) => new() { [name] = value };
}
