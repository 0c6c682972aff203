using System.Text.Json.Nodes;

namespace CryoHub.Web.Tests.Access;

/// <summary>Uploads, jobs, results, analyses, pixels and previews. The world has one job with its result, and one open upload of the editor.</summary>
internal static class JobRoutes
{
    private const string Read = "401 404 200 200 200 200 200 404";
    private const string Edit = "401 404 403 403 204 204 204 404";
    private const string Own = "401 404 404 404 200 404 404 404";

    public static IReadOnlyList<RouteRule> Rules { get; } =
    [
        new("POST /api/uploads", "401 404 403 403 201 201 201 404", Body: w => new { ProjectId = w.Project, DropId = Guid.CreateVersion7(), Path = "a.mrc", Size = 10 }),
        new("GET /api/uploads", "401 200 200 200 200 200 200 200", w => $"/api/uploads?projectId={w.Project}"),
        new("GET /api/uploads/{id:guid}", Own, w => $"/api/uploads/{w.Upload}"),
        new("POST /api/uploads/{id:guid}/parts/{number:int}", Own, w => $"/api/uploads/{w.Upload}/parts/1", _ => new { Size = 10, Sha256 = new string('0', 64) }),
        new("POST /api/uploads/{id:guid}/complete", "401 404 404 404 409 404 404 404", w => $"/api/uploads/{w.Upload}/complete", _ => new { Sha256 = new string('0', 64), Parts = Array.Empty<object>() }),
        new("DELETE /api/uploads/{id:guid}", "401 404 404 404 204 404 404 404", w => $"/api/uploads/{w.Upload}"),
        // Whoever holds a signed address may send that part; nobody has one here.
        new("PUT /api/uploads/file-parts/{upload}/{number:int}", "404 404 404 404 404 404 404 404",
            _ => $"/api/uploads/file-parts/{Guid.CreateVersion7():N}/1?size=1&sha256={new string('0', 64)}&expires=1&signature=x"),

        RouteRule.ForAll("GET /api/analyses", 200),
        new("GET /api/analyses/{key}", "401 200 200 200 200 200 200 200", _ => "/api/analyses/fft-peaks"),
        new("POST /api/analyses/{key}/estimate", "401 404 200 200 200 200 200 404", _ => "/api/analyses/fft-peaks/estimate", w => new
        {
            ProjectId = w.Project, Inputs = new[] { new { Role = "signal", DatasetId = w.Dataset, Signal = 0 } },
        }),
        RouteRule.ForAll("GET /api/edges", 200),
        RouteRule.ForAll("GET /api/jobs", 200),
        new("GET /api/jobs/{id:guid}", Read, w => $"/api/jobs/{w.Job}"),
        new("POST /api/jobs", "401 404 403 403 201 201 201 404", Body: w => new
        {
            ProjectId = w.Project, Analysis = "fft-peaks", Inputs = new[] { new { Role = "signal", DatasetId = w.Dataset, Signal = 0 } }, Parameters = new JsonObject(),
        }),
        new("POST /api/jobs/{id:guid}/cancel", Edit, w => $"/api/jobs/{w.QueuedJob}/cancel"),
        new("POST /api/jobs/{id:guid}/stop", "401 404 403 403 409 409 409 404", w => $"/api/jobs/{w.QueuedJob}/stop"),
        new("POST /api/jobs/{id:guid}/retry", "401 404 403 403 409 409 409 404", w => $"/api/jobs/{w.QueuedJob}/retry"),
        new("GET /hubs/jobs", "401 400 400 400 400 400 400 400"),
        new("GET /hubs/jobs/negotiate", "401 405 405 405 405 405 405 405"),
        new("GET /hubs/annotations", "401 400 400 400 400 400 400 400"),
        new("GET /hubs/annotations/negotiate", "401 405 405 405 405 405 405 405"),

        RouteRule.ForAll("GET /api/results", 200),
        new("GET /api/results/{id:guid}", Read, w => $"/api/results/{w.Result}"),
        new("DELETE /api/results/{id:guid}", Edit, w => $"/api/results/{w.Result}"),
        new("GET /api/results/{id:guid}/items/{index:int}/file", Read, w => $"/api/results/{w.Result}/items/0/file"),
        new("GET /api/results/{id:guid}/items/{index:int}/thumbnail", Read, w => $"/api/results/{w.Result}/items/1/thumbnail"),
        new("GET /api/results/{id:guid}/items/{index:int}.zarr/{**path}", Read, w => $"/api/results/{w.Result}/items/1.zarr/zarr.json"),

        new("GET /api/datasets/{id:guid}/signals/{index:int}.zarr/{**path}", Read, w => $"/api/datasets/{w.Dataset}/signals/0.zarr/zarr.json"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/thumbnail", Read, w => $"/api/datasets/{w.Dataset}/signals/0/thumbnail"),
        new("GET /api/datasets/{id:guid}/files/{file:guid}", Read, w => $"/api/datasets/{w.Dataset}/files/{w.File}"),
        // Who may see a signal may export it.
        new("GET /api/datasets/{id:guid}/signals/{index:int}/exports", Read, w => $"/api/datasets/{w.Dataset}/signals/0/exports"),
        new("POST /api/datasets/{id:guid}/signals/{index:int}/exports", "401 404 201 201 201 201 201 404", w => $"/api/datasets/{w.Dataset}/signals/0/exports",
            _ => new { Format = ".npy" }),
        // A viewer may look, so may ask for a preview; no worker runs here, and a wrong parameter is told before one is asked.
        new("POST /api/previews", "401 404 400 400 400 400 400 404", Body: w => new
        {
            Analysis = "fft-peaks", Inputs = new[] { new { Role = "signal", DatasetId = w.Dataset, Signal = 0 } }, Parameters = new { Nonsense = 1 },
        }),
    ];
}
