using CryoHub.Platform;
using CryoHub.Platform.Custody;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Custody;

internal static class ShipmentsApi
{
    public static void MapShipments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/hazard-classes", () => TypedResults.Ok(HazardClass.All)).WithTags("Shipments").RequireAuthorization();
        var ofLab = routes.MapGroup("/api/labs/{id:guid}/shipments").WithTags("Shipments").RequireAuthorization();
        ofLab.MapGet("", ListAsync);
        ofLab.MapPost("", CreateAsync);

        var shipments = routes.MapGroup("/api/shipments/{id:guid}").WithTags("Shipments").RequireAuthorization();
        shipments.MapGet("", FindAsync);
        shipments.MapPut("", EditAsync);
        shipments.MapDelete("", CancelAsync);
        shipments.MapPost("/send", SendAsync);
        shipments.MapPost("/arrival", CheckInAsync);
        shipments.MapGet("/packing-list", PackingListAsync);
    }

    private static Task<Results<Ok<Page<ShipmentRow>>, NotFound>> ListAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, ShipmentDesk desk, CancellationToken ct) =>
        desk.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> CreateAsync(Guid id, ShipmentText body, CurrentUser user, ShipmentDesk desk, CancellationToken ct) =>
        desk.CreateAsync(user.Id, id, body, ct).CreatedAt("/api/shipments");

    private static Task<FoundResult<ShipmentDetails>> FindAsync(Guid id, CurrentUser user, ShipmentDesk desk, CancellationToken ct) =>
        desk.FindAsync(user.Id, id, ct).WithVersion(shipment => shipment.Version);

    private static Task<EditResult<ShipmentDetails>> EditAsync(Guid id, ShipmentText body, IfMatch version, CurrentUser user, ShipmentDesk desk, CancellationToken ct) =>
        desk.EditAsync(user.Id, id, body, version.Value, ct).ThenRead(() => desk.FindAsync(user.Id, id, ct), shipment => shipment.Version, body);

    private static Task<ChangeResult> CancelAsync(Guid id, IfMatch version, CurrentUser user, ShipmentDesk desk, CancellationToken ct) => desk.CancelAsync(user.Id, id, version.Value, ct).ToAnswer();

    private static Task<ChangeResult> SendAsync(Guid id, IfMatch version, CurrentUser user, ShipmentDesk desk, CancellationToken ct) => desk.SendAsync(user.Id, id, version.Value, ct).ToAnswer();

    private static Task<ChangeResult> CheckInAsync(Guid id, ArrivalCheck body, IfMatch version, CurrentUser user, ShipmentArrival arrival, CancellationToken ct) =>
        arrival.CheckInAsync(user.Id, id, body, version.Value, ct).ToAnswer();

    private static async Task<Results<FileContentHttpResult, NotFound>> PackingListAsync(Guid id, CurrentUser user, ShipmentDesk desk, CancellationToken ct) =>
        await desk.FindAsync(user.Id, id, ct) is { } shipment ? TypedResults.File(PackingList.Pdf(shipment), "application/pdf", "packing-list.pdf") : TypedResults.NotFound();
}
