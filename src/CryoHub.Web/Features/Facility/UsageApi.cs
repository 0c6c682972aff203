using System.Globalization;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Platform.Facility;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Facility;

internal static class UsageApi
{
    public static void MapUsage(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api").WithTags("Usage").RequireAuthorization();
        all.MapGet("/instruments/{id:guid}/rates", RatesAsync);
        all.MapPost("/instruments/{id:guid}/rates", SetRateAsync);
        all.MapGet("/labs/{id:guid}/usage-report", ReportAsync);
        all.MapGet("/labs/{id:guid}/usage-report.csv", CsvAsync);
        all.MapGet("/labs/{id:guid}/usage-report.pdf", PdfAsync);
    }

    private static Task<Results<Ok<IReadOnlyList<RateRow>>, NotFound>> RatesAsync(Guid id, CurrentUser user, RateBook rates, CancellationToken ct) => rates.ListAsync(user.Id, id, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> SetRateAsync(Guid id, SetRate body, CurrentUser user, RateBook rates, CancellationToken ct) =>
        rates.SetAsync(user.Id, id, body, ct).CreatedAt("/api/rates");

    private static Task<Results<Ok<UsageReport>, NotFound>> ReportAsync(Guid id, string month, string? side, CurrentUser user, UsageReports reports, CancellationToken ct) =>
        ReadAsync(id, month, side, user, reports, ct).OrNotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> CsvAsync(Guid id, string month, string? side, CurrentUser user, UsageReports reports, CancellationToken ct) =>
        await ReadAsync(id, month, side, user, reports, ct) is { } report ? TypedResults.File(Encoding.UTF8.GetBytes(report.ToCsv()), "text/csv; charset=utf-8", $"usage-{month}.csv") : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> PdfAsync(Guid id, string month, string? side, CurrentUser user, UsageReports reports, CancellationToken ct) =>
        await ReadAsync(id, month, side, user, reports, ct) is { } report ? TypedResults.File(UsagePdf.Write(report), "application/pdf", $"usage-{month}.pdf") : TypedResults.NotFound();

    private static Task<UsageReport?> ReadAsync(Guid id, string month, string? side, CurrentUser user, UsageReports reports, CancellationToken ct) =>
        DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            ? reports.ReadAsync(user.Id, id, first.Year, first.Month, SideOf(side), ct)
            : throw new ProblemException(ProblemKind.Invalid, $"“{month}” is no month; expected for instance 2026-03.");

    internal static UsageSide SideOf(string? side) => side is null ? UsageSide.Instruments
        : Enum.TryParse<UsageSide>(side, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
        : throw new ProblemException(ProblemKind.Invalid, $"“{side}” is no side of a report; expected instruments or charged.");
}
