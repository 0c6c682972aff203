namespace CryoHub.Web.Tests.Access;

/// <summary>Samples, sessions, data sets, and what goes across them: search, trash, history.</summary>
internal static class RecordRoutes
{
    private const string Read = "401 404 200 200 200 200 200 404";
    private const string Add = "401 404 403 403 201 201 201 404";
    private const string Edit = "401 404 403 403 200 200 200 404";
    private const string ThrowAway = "401 404 403 403 204 204 204 404";
    private const string WrongPassword = "401 404 403 403 403 403 403 404";
    private const string Draw = "401 404 403 200 200 200 200 404";
    private const string Hold = "401 404 403 204 204 204 204 404";
    private const string Say = "401 404 403 201 201 201 201 404";
    private const string OthersOnly = "401 404 403 403 403 403 403 404";   // it is somebody else's
    private const string Judge = "401 404 403 403 403 204 204 404";
    private const string Restore = "401 404 404 404 204 204 204 404";

    private static readonly object GeoPoint = new { type = "Point", coordinates = new[] { 1.5, 2.5 } };

    public static IReadOnlyList<RouteRule> Rules { get; } =
    [
        new("GET /api/projects/{id:guid}/samples", Read, w => $"/api/projects/{w.Project}/samples"),
        new("POST /api/projects/{id:guid}/samples", Add, w => $"/api/projects/{w.Project}/samples", w => new { Kind = "grid", Name = "G", ParentId = w.Sample }),
        new("GET /api/samples/{id:guid}", Read, w => $"/api/samples/{w.Sample}"),
        new("PUT /api/samples/{id:guid}", Edit, w => $"/api/samples/{w.Sample}", _ => new { Kind = "grid", Name = "G" }, w => w.SampleVersion),
        new("DELETE /api/samples/{id:guid}", ThrowAway, w => $"/api/samples/{w.Sample}"),
        new("GET /api/samples/{id:guid}/children", Read, w => $"/api/samples/{w.Sample}/children"),
        new("GET /api/samples/{id:guid}/datasets", Read, w => $"/api/samples/{w.Sample}/datasets"),

        new("GET /api/samples/{id:guid}/pairs", Read, w => $"/api/samples/{w.Sample}/pairs"),
        new("POST /api/samples/{id:guid}/pairs", Add, w => $"/api/samples/{w.Sample}/pairs", w => new { OtherId = w.OtherSample, OtherIsControl = true, Factor = "wash" }),
        new("DELETE /api/pairs/{id:guid}", ThrowAway, w => $"/api/pairs/{w.Pair}"),
        RouteRule.ForAll("GET /api/step-kinds", 200),
        new("GET /api/datasets/{id:guid}/record", Read, w => $"/api/datasets/{w.Dataset}/record"),
        new("GET /api/samples/{id:guid}/ledgers", Read, w => $"/api/samples/{w.Sample}/ledgers"),
        new("GET /api/projects/{id:guid}/steps", Read, w => $"/api/projects/{w.Project}/steps"),
        new("POST /api/projects/{id:guid}/steps", Add, w => $"/api/projects/{w.Project}/steps", w => new { Kind = "wash", StartedAt = "2026-03-05T08:00:00Z", Subjects = new[] { w.Sample } }),
        new("GET /api/provenance/{kind}/{id:guid}", Read, w => $"/api/provenance/sample/{w.Sample}"),
        new("GET /api/provenance/{kind}/{id:guid}/prov", Read, w => $"/api/provenance/dataset/{w.Dataset}/prov"),
        new("GET /api/provenance/{kind}/{id:guid}/crate", Read, w => $"/api/provenance/dataset/{w.Dataset}/crate?files=true"),
        new("GET /api/projects/{id:guid}/crate", Read, w => $"/api/projects/{w.Project}/crate?files=true"),
        new("GET /api/projects/{id:guid}/crate/size", Read, w => $"/api/projects/{w.Project}/crate/size"),
        new("GET /api/steps/{id:guid}", Read, w => $"/api/steps/{w.Step}"),
        new("PUT /api/steps/{id:guid}", Edit, w => $"/api/steps/{w.Step}", _ => new { Kind = "wash", StartedAt = "2026-03-05T08:00:00Z" }, w => w.StepVersion),
        new("DELETE /api/steps/{id:guid}", ThrowAway, w => $"/api/steps/{w.Step}"),
        new("POST /api/steps/{id:guid}/sign", WrongPassword, w => $"/api/steps/{w.Step}/sign", _ => new { Password = "not mine" }, w => w.StepVersion),

        RouteRule.ForAll("GET /api/templates", 200),
        new("POST /api/labs/{id:guid}/templates", "401 404 403 404 200 200 200 404", w => $"/api/labs/{w.Lab}/templates", _ => new { Key = "ours", Version = 1, Title = "Ours", Summary = "", Steps = new[] { new { Kind = "note", Title = "Look", Instruction = "", Fields = Array.Empty<int>(), Checks = Array.Empty<string>() } } }),
        new("GET /api/projects/{id:guid}/runs", Read, w => $"/api/projects/{w.Project}/runs"),
        new("POST /api/samples/{id:guid}/runs", Add, w => $"/api/samples/{w.Sample}/runs", _ => new { Template = "li-on-tem-grid" }),
        new("GET /api/runs/{id:guid}", Read, w => $"/api/runs/{w.Run}"),
        new("POST /api/runs/{id:guid}/steps/{number:int}", Add, w => $"/api/runs/{w.Run}/steps/1", _ => new { Kind = "", StartedAt = "2026-03-05T08:00:00Z" }),

        new("POST /api/runs/{id:guid}/photos/{photo:guid}", "401 404 403 403 400 400 400 404", w => $"/api/runs/{w.Run}/photos/{Guid.CreateVersion7()}"),   // no photo is sent
        new("GET /api/projects/{id:guid}/sessions", Read, w => $"/api/projects/{w.Project}/sessions"),
        new("POST /api/projects/{id:guid}/sessions", Add, w => $"/api/projects/{w.Project}/sessions", _ => new { Name = "S" }),
        new("GET /api/sessions/{id:guid}", Read, w => $"/api/sessions/{w.Session}"),
        new("PUT /api/sessions/{id:guid}", Edit, w => $"/api/sessions/{w.Session}", _ => new { Name = "S" }, w => w.SessionVersion),
        new("DELETE /api/sessions/{id:guid}", ThrowAway, w => $"/api/sessions/{w.Session}"),
        new("GET /api/sessions/{id:guid}/datasets", Read, w => $"/api/sessions/{w.Session}/datasets"),

        RouteRule.ForAll("GET /api/datasets", 200),
        RouteRule.ForAll("GET /api/datasets/table", 200),
        RouteRule.ForAll("GET /api/datasets/table.csv", 200),
        new("GET /api/datasets/comparison", "401 200 200 200 200 200 200 200", _ => "/api/datasets/comparison?factor=sample.metal&value=dataset.size"),
        RouteRule.ForAll("GET /api/fields", 200),
        RouteRule.ForAll("GET /api/literature", 200),
        new("GET /api/projects/{id:guid}/datasets", Read, w => $"/api/projects/{w.Project}/datasets"),
        new("GET /api/datasets/{id:guid}", Read, w => $"/api/datasets/{w.Dataset}"),
        new("PUT /api/datasets/{id:guid}", Edit, w => $"/api/datasets/{w.Dataset}", _ => new { Name = "D" }, w => w.DatasetVersion),
        new("DELETE /api/datasets/{id:guid}", ThrowAway, w => $"/api/datasets/{w.Dataset}"),
        new("POST /api/datasets/{id:guid}/truth", Judge, w => $"/api/datasets/{w.Dataset}/truth"),
        new("DELETE /api/datasets/{id:guid}/truth", Judge, w => $"/api/datasets/{w.Dataset}/truth"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}", Read, w => $"/api/datasets/{w.Dataset}/signals/0"),

        new("GET /api/projects/{id:guid}/classes", Read, w => $"/api/projects/{w.Project}/classes"),
        new("PUT /api/projects/{id:guid}/classes/{key}", Edit, w => $"/api/projects/{w.Project}/classes/wire", _ => new { Name = "Wire", Colour = "#2099FA" }, _ => 0),
        new("POST /api/projects/{id:guid}/classes/{key}/merge", Edit, w => $"/api/projects/{w.Project}/classes/void/merge", _ => new { Into = "metal" }, _ => 0),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/layer", Read, w => $"/api/datasets/{w.Dataset}/signals/0/layer"),
        new("POST /api/datasets/{id:guid}/signals/{index:int}/layer/lock", Hold, w => $"/api/datasets/{w.Dataset}/signals/0/layer/lock"),
        new("DELETE /api/datasets/{id:guid}/signals/{index:int}/layer/lock", Hold, w => $"/api/datasets/{w.Dataset}/signals/0/layer/lock"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/layer/shapes", Read, w => $"/api/datasets/{w.Dataset}/signals/0/layer/shapes"),
        new("POST /api/datasets/{id:guid}/signals/{index:int}/layer/shapes", Draw, w => $"/api/datasets/{w.Dataset}/signals/0/layer/shapes", _ => new[] { new { Kind = "point", Rings = new[] { new[] { 1.5, 2.5 } } } }),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/layer/changes", Read, w => $"/api/datasets/{w.Dataset}/signals/0/layer/changes?since=0"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/layer/count", Read, w => $"/api/datasets/{w.Dataset}/signals/0/layer/count?left=0&top=0&right=9&bottom=9"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/layer/classes", Read, w => $"/api/datasets/{w.Dataset}/signals/0/layer/classes"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/layer/tiles/{size:int}/{x:int}/{y:int}", Read, w => $"/api/datasets/{w.Dataset}/signals/0/layer/tiles/9/0/0"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/layer/shapes.csv", Read, w => $"/api/datasets/{w.Dataset}/signals/0/layer/shapes.csv"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/layer/shapes.geojson", Read, w => $"/api/datasets/{w.Dataset}/signals/0/layer/shapes.geojson"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/paint", Read, w => $"/api/datasets/{w.Dataset}/signals/0/paint"),
        new("POST /api/datasets/{id:guid}/signals/{index:int}/paint", Say, w => $"/api/datasets/{w.Dataset}/signals/0/paint", _ => new { Name = "SEI" }),
        new("GET /api/paint/{id:guid}", Read, w => $"/api/paint/{w.Paint}"),
        new("DELETE /api/paint/{id:guid}", Hold, w => $"/api/paint/{w.Paint}"),
        new("POST /api/paint/{id:guid}/restore", "401 404 404 404 404 404 404 404", w => $"/api/paint/{w.Paint}/restore"),
        new("PUT /api/paint/{id:guid}/labels/{value:long}", Hold, w => $"/api/paint/{w.Paint}/labels/3", _ => new { Name = "SEI" }),
        new("POST /api/paint/{id:guid}/truth", Judge, w => $"/api/paint/{w.Paint}/truth"),
        new("DELETE /api/paint/{id:guid}/truth", Judge, w => $"/api/paint/{w.Paint}/truth"),
        new("POST /api/paint/{id:guid}/acts", Draw, w => $"/api/paint/{w.Paint}/acts", _ => new { Id = Guid.CreateVersion7(), Act = "paint", Stroke = new { Kind = "brush", Label = 1, Points = new[] { 5.5, 6.5 }, Radius = 2 } }),
        new("POST /api/paint/{id:guid}/regions", Draw, w => $"/api/paint/{w.Paint}/regions", _ => new { Id = Guid.CreateVersion7(), Slice = 0, X = 100, Y = 100, Label = 1 }),
        new("POST /api/paint/{id:guid}/between", "401 404 403 400 400 400 400 404", w => $"/api/paint/{w.Paint}/between", _ => new { Id = Guid.CreateVersion7(), Slice = 0, Label = 1 }),
        new("GET /api/paint/{id:guid}/changes", Read, w => $"/api/paint/{w.Paint}/changes?since=0"),
        new("GET /api/paint/{id:guid}/labels.ome.tif", Read, w => $"/api/paint/{w.Paint}/labels.ome.tif"),
        new("POST /api/paint/{id:guid}/dataset/{dataset:guid}", Add, w => $"/api/paint/{w.Paint}/dataset/{Guid.CreateVersion7()}"),
        new("GET /api/paint/{id:guid}/labels.zarr/zarr.json", Read, w => $"/api/paint/{w.Paint}/labels.zarr/zarr.json"),
        new("GET /api/paint/{id:guid}/labels.zarr/0/zarr.json", Read, w => $"/api/paint/{w.Paint}/labels.zarr/0/zarr.json"),
        new("GET /api/paint/{id:guid}/labels.zarr/0/c/{z:int}/{y:int}/{x:int}", Read, w => $"/api/paint/{w.Paint}/labels.zarr/0/c/0/0/0"),
        new("GET /api/datasets/{id:guid}/signals/{index:int}/layer/files/{name}", Read, w => $"/api/datasets/{w.Dataset}/signals/0/layer/files/RoiSet.zip"),
        new("POST /api/datasets/{id:guid}/signals/{index:int}/layer/import-plan", Draw, w => $"/api/datasets/{w.Dataset}/signals/0/layer/import-plan?name=points.geojson", _ => GeoPoint),
        new("PUT /api/datasets/{id:guid}/signals/{index:int}/layer/imports/{import:guid}", Draw, w => $"/api/datasets/{w.Dataset}/signals/0/layer/imports/{Guid.CreateVersion7()}?name=points.geojson", _ => GeoPoint),
        new("DELETE /api/datasets/{id:guid}/signals/{index:int}/layer/imports/{import:guid}", Draw, w => $"/api/datasets/{w.Dataset}/signals/0/layer/imports/{w.Shape}"),
        new("POST /api/datasets/{id:guid}/signals/{index:int}/layer/imports/{import:guid}/restore", Draw, w => $"/api/datasets/{w.Dataset}/signals/0/layer/imports/{w.Shape}/restore"),
        new("GET /api/shapes/{id:guid}", Read, w => $"/api/shapes/{w.Shape}"),
        new("PUT /api/shapes/{id:guid}", Draw, w => $"/api/shapes/{w.Shape}", _ => new { Kind = "point", Rings = new[] { new[] { 4.5, 2.5 } } }, _ => 1),
        new("DELETE /api/shapes/{id:guid}", Draw, w => $"/api/shapes/{w.Shape}", Version: _ => 1),
        new("GET /api/shapes/{id:guid}/versions", Read, w => $"/api/shapes/{w.Shape}/versions"),
        new("POST /api/shapes/{id:guid}/versions/{revision:int}/restore", Draw, w => $"/api/shapes/{w.Shape}/versions/1/restore", Version: _ => 1),

        new("GET /api/projects/{id:guid}/reviews", Read, w => $"/api/projects/{w.Project}/reviews?mine=false"),
        new("POST /api/datasets/{id:guid}/signals/{index:int}/reviews", Add, w => $"/api/datasets/{w.Dataset}/signals/0/reviews", w => new { Title = "Interphase", Assignees = new[] { w.Member } }),
        new("GET /api/reviews/{id:guid}", Read, w => $"/api/reviews/{w.Review}"),
        new("POST /api/reviews/{id:guid}/part", OthersOnly, w => $"/api/reviews/{w.Review}/part"),
        new("DELETE /api/reviews/{id:guid}/part", OthersOnly, w => $"/api/reviews/{w.Review}/part"),
        new("POST /api/reviews/{id:guid}/comparison", "401 404 403 403 403 409 409 404", w => $"/api/reviews/{w.Review}/comparison"),   // nobody has handed in
        new("POST /api/reviews/{id:guid}/end", "401 404 403 403 403 204 204 404", w => $"/api/reviews/{w.Review}/end"),

        new("GET /api/datasets/{id:guid}/comments", Read, w => $"/api/datasets/{w.Dataset}/comments?resolved=false"),
        new("POST /api/datasets/{id:guid}/comments", Say, w => $"/api/datasets/{w.Dataset}/comments", _ => new { Text = "Frost.", Place = new { Signal = 0, X = 1.5, Y = 2.5 } }),
        new("GET /api/datasets/{id:guid}/comments/people", Draw, w => $"/api/datasets/{w.Dataset}/comments/people?name=a"),
        new("GET /api/comments/{id:guid}", Read, w => $"/api/comments/{w.Comment}"),
        new("PUT /api/comments/{id:guid}", OthersOnly, w => $"/api/comments/{w.Comment}", _ => new { Text = "Mine now." }, _ => 0),
        new("DELETE /api/comments/{id:guid}", OthersOnly, w => $"/api/comments/{w.Comment}"),
        new("POST /api/comments/{id:guid}/answers", Say, w => $"/api/comments/{w.Comment}/answers", _ => new { Text = "It is." }),
        new("POST /api/comments/{id:guid}/resolution", Hold, w => $"/api/comments/{w.Comment}/resolution"),
        new("DELETE /api/comments/{id:guid}/resolution", Hold, w => $"/api/comments/{w.Comment}/resolution"),

        RouteRule.ForAll("GET /api/notices", 200),
        RouteRule.ForAll("GET /api/notices/unread", 200),
        RouteRule.ForAll("POST /api/notices/read", 204),
        RouteRule.ForAll("GET /api/notices/mail", 200),
        RouteRule.ForAll("PUT /api/notices/mail", 204, _ => new { Mail = "at-once" }),
        new("POST /api/notices/{id:guid}/read", "401 404 404 404 404 404 404 404", w => $"/api/notices/{w.Notice}/read"),   // the member's

        RouteRule.ForAll("GET /api/spectra", 200),
        new("PUT /api/datasets/{id:guid}/signals/{index:int}/reference", ThrowAway, w => $"/api/datasets/{w.Spectrum}/signals/0/reference", _ => new { Name = "LiF" }),
        new("DELETE /api/datasets/{id:guid}/signals/{index:int}/reference", ThrowAway, w => $"/api/datasets/{w.Spectrum}/signals/0/reference"),

        new("GET /api/projects/{id:guid}/recipes", Read, w => $"/api/projects/{w.Project}/recipes?analysis=volume-segment"),
        new("PUT /api/projects/{id:guid}/recipes", Edit, w => $"/api/projects/{w.Project}/recipes", _ => new { Analysis = "volume-segment", Name = "Pores" }),
        new("GET /api/recipes/{id:guid}", Read, w => $"/api/recipes/{w.Recipe}"),
        new("DELETE /api/recipes/{id:guid}", ThrowAway, w => $"/api/recipes/{w.Recipe}"),

        RouteRule.ForAll("GET /api/search", 200),
        RouteRule.ForAll("GET /api/trash", 200),
        new("POST /api/trash/{kind}/{id:guid}/restore", Restore, w => $"/api/trash/dataset/{w.ThrownAway}/restore"),
        new("GET /api/history/{kind}/{id:guid}", Read, w => $"/api/history/dataset/{w.Dataset}"),
    ];
}
