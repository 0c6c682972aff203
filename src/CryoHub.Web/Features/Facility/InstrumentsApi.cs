using CryoHub.Platform;
using CryoHub.Platform.Facility;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Facility;

internal static class InstrumentsApi
{
    public static void MapInstruments(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api").WithTags("Instruments").RequireAuthorization();
        all.MapGet("/capabilities", () => TypedResults.Ok(Capability.All));
        all.MapGet("/instruments", ListAllAsync);
        all.MapGet("/labs/{id:guid}/instruments", ListAsync);
        all.MapPost("/labs/{id:guid}/instruments", AddAsync);
        all.MapPut("/labs/{id:guid}/time-zone", SetZoneAsync);
        all.MapDelete("/calibrations/{id:guid}", WithdrawCalibrationAsync);
        all.MapDelete("/qualifications/{id:guid}", WithdrawQualificationAsync);
        all.MapPost("/downtimes/{id:guid}/end", EndDowntimeAsync);

        var one = all.MapGroup("/instruments/{id:guid}");
        one.MapGet("", FindAsync);
        one.MapPut("", EditAsync);
        one.MapDelete("", RetireAsync);
        one.MapGet("/calibrations", CalibrationsAsync);
        one.MapPost("/calibrations", CalibrateAsync);
        one.MapGet("/qualifications", QualificationsAsync);
        one.MapPost("/qualifications", GrantAsync);
        one.MapGet("/downtimes", DowntimesAsync);
        one.MapPost("/downtimes", RecordDowntimeAsync);
    }

    private static Task<Results<Ok<Page<InstrumentRow>>, NotFound>> ListAllAsync([AsParameters] PageQuery page, CurrentUser user, InstrumentCatalog catalog, CancellationToken ct) =>
        catalog.ListAsync(user.Id, null, page, ct).OrNotFound();

    private static Task<Results<Ok<Page<InstrumentRow>>, NotFound>> ListAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, InstrumentCatalog catalog, CancellationToken ct) =>
        catalog.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> AddAsync(Guid id, InstrumentText body, CurrentUser user, InstrumentCatalog catalog, CancellationToken ct) =>
        catalog.AddAsync(user.Id, id, body, ct).CreatedAt("/api/instruments");

    private static Task<ChangeResult> SetZoneAsync(Guid id, SetTimeZone body, CurrentUser user, LabZones zones, CancellationToken ct) => zones.SetAsync(user.Id, id, body.TimeZone, ct).ToAnswer();

    private static Task<FoundResult<InstrumentDetails>> FindAsync(Guid id, CurrentUser user, InstrumentCatalog catalog, CancellationToken ct) =>
        catalog.FindAsync(user.Id, id, ct).WithVersion(instrument => instrument.Version);

    private static Task<EditResult<InstrumentDetails>> EditAsync(Guid id, InstrumentText body, IfMatch version, CurrentUser user, InstrumentCatalog catalog, CancellationToken ct) =>
        catalog.EditAsync(user.Id, id, body, version.Value, ct).ThenRead(() => catalog.FindAsync(user.Id, id, ct), instrument => instrument.Version, body);

    private static Task<ChangeResult> RetireAsync(Guid id, IfMatch version, CurrentUser user, InstrumentCatalog catalog, CancellationToken ct) =>
        catalog.RetireAsync(user.Id, id, version.Value, ct).ToAnswer();

    private static Task<Results<Ok<IReadOnlyList<CalibrationRow>>, NotFound>> CalibrationsAsync(Guid id, DateTimeOffset? at, CurrentUser user, CalibrationBook book, CancellationToken ct) =>
        book.ListAsync(user.Id, id, at, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> CalibrateAsync(Guid id, CalibrationText body, CurrentUser user, CalibrationBook book, CancellationToken ct) =>
        book.AddAsync(user.Id, id, body, ct).CreatedAt("/api/calibrations");

    private static Task<ChangeResult> WithdrawCalibrationAsync(Guid id, CurrentUser user, CalibrationBook book, CancellationToken ct) => book.WithdrawAsync(user.Id, id, ct).ToAnswer();

    private static Task<Results<Ok<Page<QualificationRow>>, NotFound>> QualificationsAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, QualificationRoll roll, CancellationToken ct) =>
        roll.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> GrantAsync(Guid id, GrantQualification body, CurrentUser user, QualificationRoll roll, CancellationToken ct) =>
        roll.GrantAsync(user.Id, id, body, ct).CreatedAt("/api/qualifications");

    private static Task<ChangeResult> WithdrawQualificationAsync(Guid id, CurrentUser user, QualificationRoll roll, CancellationToken ct) => roll.WithdrawAsync(user.Id, id, ct).ToAnswer();

    private static Task<Results<Ok<Page<DowntimeRow>>, NotFound>> DowntimesAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, DowntimeLog log, CancellationToken ct) =>
        log.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> RecordDowntimeAsync(Guid id, RecordDowntime body, CurrentUser user, DowntimeLog log, CancellationToken ct) =>
        log.RecordAsync(user.Id, id, body, ct).CreatedAt("/api/downtimes");

    private static Task<ChangeResult> EndDowntimeAsync(Guid id, EndDowntime body, CurrentUser user, DowntimeLog log, CancellationToken ct) => log.EndAsync(user.Id, id, body, ct).ToAnswer();
}
