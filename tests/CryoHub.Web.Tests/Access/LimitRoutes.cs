namespace CryoHub.Web.Tests.Access;

/// <summary>Limits are the lab's; the dose of an image is seen with the image.</summary>
internal static class LimitRoutes
{
    private const string Read = "401 404 200 200 200 200 200 404";
    private const string ReadInLab = "401 404 200 404 200 200 200 404";

    public static IReadOnlyList<RouteRule> Rules { get; } =
    [
        new("GET /api/labs/{id:guid}/limits", ReadInLab, w => $"/api/labs/{w.Lab}/limits"),
        new("GET /api/labs/{id:guid}/limits/holding", ReadInLab, w => $"/api/labs/{w.Lab}/limits/holding"),
        new("POST /api/labs/{id:guid}/limits", "401 404 403 404 403 201 201 404", w => $"/api/labs/{w.Lab}/limits", _ => new { Kind = "warmth", Subject = "electrolyte", Value = "-120 °C", Source = "own series" }),
        new("GET /api/limits/{id:guid}", ReadInLab, w => $"/api/limits/{w.Limit}"),
        new("PUT /api/limits/{id:guid}", "401 404 403 404 403 200 200 404", w => $"/api/limits/{w.Limit}", _ => new { Subject = "LiF", Value = "300", Source = "own series" }, w => w.LimitVersion),
        new("DELETE /api/limits/{id:guid}", "401 404 403 404 403 204 204 404", w => $"/api/limits/{w.Limit}", Version: w => w.LimitVersion),
        new("GET /api/datasets/{id:guid}/dose", Read, w => $"/api/datasets/{w.Dataset}/dose"),
        new("GET /api/results/{id:guid}/dose", Read, w => $"/api/results/{w.Result}/dose"),
    ];
}
