namespace CryoHub.Web.Tests.Access;

/// <summary>Labels, storage and custody. The annotator sees the project only, not the lab's own things.</summary>
internal static class CustodyRoutes
{
    private const string Read = "401 404 200 200 200 200 200 404";
    private const string ReadInLab = "401 404 200 404 200 200 200 404";
    private const string Add = "401 404 403 403 201 201 201 404";
    private const string Act = "401 404 403 403 204 204 204 404";
    private const string ActInLab = "401 404 403 404 204 204 204 404";

    public static IReadOnlyList<RouteRule> Rules { get; } =
    [
        new("GET /api/samples/{id:guid}/labels", Read, w => $"/api/samples/{w.Sample}/labels"),
        new("POST /api/samples/{id:guid}/labels", Add, w => $"/api/samples/{w.Sample}/labels", _ => new { }),
        new("GET /api/labs/{id:guid}/labels", ReadInLab, w => $"/api/labs/{w.Lab}/labels"),
        new("POST /api/labs/{id:guid}/labels", "401 404 403 404 200 200 200 404", w => $"/api/labs/{w.Lab}/labels", _ => new { Count = 2 }),
        new("GET /api/labels/sheet", Read, w => $"/api/labels/sheet?id={w.Label}&format=a4-65&skip=3"),
        new("PUT /api/labels/{id:guid}/sample", ActInLab, w => $"/api/labels/{w.BlankLabel}/sample", w => new { SampleId = w.Sample }),
        new("DELETE /api/labels/{id:guid}", Act, w => $"/api/labels/{w.Label}"),
        new("GET /api/scan/{code}", Read, w => $"/api/scan/{w.Code}"),
    ];
}
