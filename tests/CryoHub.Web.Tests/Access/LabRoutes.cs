namespace CryoHub.Web.Tests.Access;

/// <summary>The annotator is not in the lab, only one of its projects is shared with that person.</summary>
internal static class LabRoutes
{
    public static IReadOnlyList<RouteRule> Rules { get; } =
    [
        RouteRule.ForAll("GET /api/labs", 200),
        RouteRule.ForAll("POST /api/labs", 201, _ => new { Name = "Another lab" }),
        new("GET /api/labs/{id:guid}", "401 404 200 404 200 200 200 404", w => $"/api/labs/{w.Lab}"),
        new("PUT /api/labs/{id:guid}", "401 404 403 404 403 200 200 404", w => $"/api/labs/{w.Lab}", _ => new { Name = "New" }, w => w.LabVersion),
        new("GET /api/labs/{id:guid}/members", "401 404 200 404 200 200 200 404", w => $"/api/labs/{w.Lab}/members"),
        new("PUT /api/labs/{id:guid}/members/{memberId:guid}", "401 404 403 404 403 204 204 404",
            w => $"/api/labs/{w.Lab}/members/{w.Member}", _ => new { Role = "viewer" }),
        new("DELETE /api/labs/{id:guid}/members/{memberId:guid}", "401 404 403 404 403 204 204 404", w => $"/api/labs/{w.Lab}/members/{w.Member}"),
        new("GET /api/labs/{id:guid}/audit", "401 404 403 404 403 200 200 404", w => $"/api/labs/{w.Lab}/audit"),
        new("GET /api/labs/{id:guid}/audit/verify", "401 404 403 404 403 200 200 404", w => $"/api/labs/{w.Lab}/audit/verify"),
        new("GET /api/labs/usage", "401 403 403 403 403 403 403 200"),
        new("PUT /api/labs/{id:guid}/quota", "401 403 403 403 403 403 403 204", w => $"/api/labs/{w.Lab}/quota", _ => new { Bytes = 1000 }),
        new("GET /api/labs/{id:guid}/invitations", "401 404 404 404 404 200 200 404", w => $"/api/labs/{w.Lab}/invitations"),
        new("POST /api/labs/{id:guid}/invitations", "401 404 403 404 403 204 204 404",
            w => $"/api/labs/{w.Lab}/invitations", _ => new { Email = "somebody@example.org", Role = "member" }),
        new("DELETE /api/labs/{id:guid}/invitations/{invitationId:guid}", "401 404 403 404 403 204 204 404",
            w => $"/api/labs/{w.Lab}/invitations/{w.Invitation}"),
    ];
}
