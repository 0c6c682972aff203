namespace CryoHub.Web.Tests.Access;

/// <summary>Uploads, jobs, results, analyses, pixels and previews.</summary>
internal static class JobRoutes
{
    private const string Read = "401 404 200 200 200 200 200 404";
    private const string TooLate = "401 404 403 403 409 409 409 404";
    private const string OwnUpload = "401 404 404 404 404 404 200 404";

    public static IReadOnlyList<RouteRule> Rules { get; } =
    [
        new("POST /api/uploads", "401 404 403 403 201 201 201 404",
            Body: w => new { ProjectId = w.Project, DropId = w.Lab, Path = "c.mrc", Size = 10, Siblings = Array.Empty<string>() }),
        new("GET /api/uploads", "401 200 200 200 200 200 200 200", w => $"/api/uploads?projectId={w.Project}"),
        new("GET /api/uploads/{id:guid}", OwnUpload, w => $"/api/uploads/{w.Upload}"),
        new("POST /api/uploads/{id:guid}/parts/{number:int}", OwnUpload,
            w => $"/api/uploads/{w.Upload}/parts/1", _ => new { Size = 10, Sha256 = new string('0', 64) }),
        new("POST /api/uploads/{id:guid}/complete", "401 404 404 404 404 404 409 404",
            w => $"/api/uploads/{w.Upload}/complete", _ => new { Sha256 = new string('0', 64), Parts = Array.Empty<object>() }),
        new("DELETE /api/uploads/{id:guid}", "401 404 404 404 404 404 204 404", w => $"/api/uploads/{w.Upload}"),
        new("PUT /api/uploads/file-parts/{upload}/{number:int}", "404 404 404 404 404 404 404 404",
            w => $"/api/uploads/file-parts/{w.Upload}/1?size=1&sha256={new string('0', 64)}&expires=99999999999&signature=forged"),

        RouteRule.ForAll("GET /api/jobs", 200),
        new("GET /api/jobs/{id:guid}", Read, w => $"/api/jobs/{w.Job}"),
        new("POST /api/jobs", "401 404 403 403 201 201 201 404", Body: w => new
        {
            ProjectId = w.Project, Analysis = "fft-peaks", Inputs = new[] { new { Role = "signal", DatasetId = w.Dataset, Signal = 0 } }, Parameters = new { },
        }),
        new("POST /api/jobs/{id:guid}/cancel", "401 404 403 403 204 204 204 404", w => $"/api/jobs/{w.Job}/cancel"),
        new("POST /api/jobs/{id:guid}/stop", TooLate, w => $"/api/jobs/{w.Job}/stop"),
        new("POST /api/jobs/{id:guid}/retry", TooLate, w => $"/api/jobs/{w.Job}/retry"),
        new("GET /hubs/jobs", "401 400 400 400 400 400 400 400"),
        RouteRule.ForAll("GET /hubs/jobs/negotiate", 405),

        RouteRule.ForAll("GET /api/results", 200),
        new("GET /api/results/{id:guid}", Read, w => $"/api/results/{w.Result}"),
        new("DELETE /api/results/{id:guid}", "401 404 403 403 204 204 204 404", w => $"/api/results/{w.Result}"),
        new("GET /api/results/{id:guid}/items/{index:int}/file", Read, w => $"/api/results/{w.Result}/items/0/file"),
        new("GET /api/results/{id:guid}/items/{index:int}/thumbnail", Read, w => $"/api/results/{w.Result}/items/1/thumbnail"),
        new("GET /api/results/{id:guid}/items/{index:int}.zarr/{**path}", Read, w => $"/api/results/{w.Result}/items/1.zarr/zarr.json"),

        RouteRule.ForAll("GET /api/analyses", 200),
        new("GET /api/analyses/{key}", "401 200 200 200 200 200 200 200", _ => "/api/analyses/fft-peaks"),

        // An unknown analysis: who sees the data set is told so, who does not is told nothing.
        new("POST /api/previews", "401 404 400 400 400 400 400 404",
            Body: w => new { Analysis = "nothing", Inputs = new[] { new { Role = "image", DatasetId = w.Dataset, Signal = 0 } } }),

        new("GET /api/datasets/{id:guid}/signals/{index:int}.zarr/{**path}", Read, w => $"/api/datasets/{w.Dataset}/signals/0.zarr/zarr.json"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/thumbnail", Read, w => $"/api/datasets/{w.Dataset}/signals/0/thumbnail"),
        new("GET /api/datasets/{id:guid}/files/{file:guid}", Read, w => $"/api/datasets/{w.Dataset}/files/{w.File}"),
    ];
}
