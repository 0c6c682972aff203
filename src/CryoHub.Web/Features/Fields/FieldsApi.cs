using System.Text;
using CryoHub.Platform.Fields;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Fields;

/// <summary>Data sets with whatever was recorded on their way as columns.</summary>
internal static class FieldsApi
{
    public static void MapFields(this IEndpointRouteBuilder routes)
    {
        var fields = routes.MapGroup("/api").WithTags("Tables").RequireAuthorization();
        fields.MapGet("/fields", () => TypedResults.Ok(RecordedFields.All));
        fields.MapGet("/datasets/table", ReadAsync);
        fields.MapGet("/datasets/table.csv", CsvAsync);
        fields.MapGet("/datasets/comparison", CompareAsync);
    }

    private static async Task<Ok<FieldPage>> ReadAsync([AsParameters] TableQuery query, [AsParameters] PageQuery page, CurrentUser user, FieldTable table, CancellationToken ct) =>
        TypedResults.Ok(await table.ReadAsync(user.Id, query.ToFields(), page, ct));

    private static async Task<Ok<Comparison>> CompareAsync(
        [AsParameters] TableQuery query, string factor, string value, CurrentUser user, Comparisons comparisons, CancellationToken ct) =>
        TypedResults.Ok(await comparisons.OfAsync(user.Id, query.ToFields(), factor, value, ct));

    private static async Task<FileContentHttpResult> CsvAsync([AsParameters] TableQuery query, CurrentUser user, FieldTable table, CancellationToken ct) =>
        TypedResults.File(Encoding.UTF8.GetBytes(await table.CsvAsync(user.Id, query.ToFields(), ct)), "text/csv; charset=utf-8", "data-sets.csv");
}
