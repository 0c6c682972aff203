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
        new("GET /api/labs/{id:guid}/storage", ReadInLab, w => $"/api/labs/{w.Lab}/storage"),
        new("POST /api/labs/{id:guid}/storage", "401 404 403 404 201 201 201 404", w => $"/api/labs/{w.Lab}/storage", _ => new { Kind = "dewar", Name = "D9", Capacity = 7 }),
        new("POST /api/places/{id:guid}/move", ActInLab, w => $"/api/places/{w.Box}/move", w => new { ParentId = w.Dewar, Position = 2 }),
        new("DELETE /api/places/{id:guid}", ActInLab, w => $"/api/places/{w.Box}"),
        new("GET /api/samples/{id:guid}/custody", Read, w => $"/api/samples/{w.Sample}/custody"),
        new("POST /api/samples/{id:guid}/custody/put-away", Act, w => $"/api/samples/{w.Sample}/custody/put-away", w => new { PlaceId = w.Box }),
        new("POST /api/samples/{id:guid}/custody/take-out", Act, w => $"/api/samples/{w.Sample}/custody/take-out", _ => new { }),
        // Nobody has recorded anything yet, so there is no past to tell and no gap to accept: those who may are told so.
        new("POST /api/samples/{id:guid}/custody/past", "401 404 403 403 400 400 400 404", w => $"/api/samples/{w.Sample}/custody/past",
            w => new { PersonId = w.Member, From = "2026-03-05T08:00:00Z", Until = "2026-03-05T09:00:00Z" }),
        new("POST /api/samples/{id:guid}/custody/accept-gap", "401 404 403 403 409 409 409 404", w => $"/api/samples/{w.Sample}/custody/accept-gap",
            w => new { KeepingId = w.Sample, Reason = "seen" }),
        new("GET /api/scan/{code}", Read, w => $"/api/scan/{w.Code}"),
    ];
}
