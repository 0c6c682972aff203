namespace CryoHub.Web.Tests.Access;

internal static class ProjectRoutes
{
    private const string Read = "401 404 200 200 200 200 200 404";
    private const string Edit = "401 404 403 403 200 200 200 404";
    private const string Manage = "401 404 403 403 403 200 200 404";
    private const string ManageSilently = "401 404 403 403 403 204 204 404";

    public static IReadOnlyList<RouteRule> Rules { get; } =
    [
        RouteRule.ForAll("GET /api/projects", 200),
        new("POST /api/projects", "401 404 403 404 201 201 201 404", Body: w => new { LabId = w.Lab, Name = "New" }),
        new("GET /api/projects/{id:guid}", Read, w => $"/api/projects/{w.Project}"),
        new("PUT /api/projects/{id:guid}", Edit, w => $"/api/projects/{w.Project}", _ => new { Name = "New" }, w => w.ProjectVersion),
        new("PUT /api/projects/{id:guid}/quota", Manage, w => $"/api/projects/{w.Project}/quota", _ => new { Bytes = 5 }, w => w.ProjectVersion),
        new("DELETE /api/projects/{id:guid}", ManageSilently, w => $"/api/projects/{w.Project}"),
        new("GET /api/projects/{id:guid}/shares", Read, w => $"/api/projects/{w.Project}/shares"),
        new("POST /api/projects/{id:guid}/shares", ManageSilently,
            w => $"/api/projects/{w.Project}/shares", _ => new { Email = TestApp.MailOf("viewer"), Role = "editor" }),
        new("DELETE /api/projects/{id:guid}/shares/{shareId:guid}", ManageSilently, w => $"/api/projects/{w.Project}/shares/{w.Share}"),
        new("GET /api/projects/{id:guid}/invitations", "401 404 404 404 404 200 200 404", w => $"/api/projects/{w.Project}/invitations"),
        new("DELETE /api/projects/{id:guid}/invitations/{invitationId:guid}", ManageSilently, w => $"/api/projects/{w.Project}/invitations/{w.ProjectInvitation}"),
    ];
}
