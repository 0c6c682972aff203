using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Labs;
using CryoHub.Web.Components;
using CryoHub.Web.Features.Labs;
using Microsoft.AspNetCore.Components;

namespace CryoHub.Web.Features.Facility;

/// <summary>The week of a lab's instruments: looking, booking, moving, deciding.</summary>
public sealed partial class CalendarPage
{
    private readonly BookingDraft draft = new();
    private readonly HashSet<Guid> shown = [];
    private LabDetails? lab;
    private LabZone zone = LabZone.Of("Etc/UTC");
    private CalendarWeek week = new(LabZone.Of("Etc/UTC"), new DateOnly(2026, 1, 5));
    private IReadOnlyList<InstrumentRow> instruments = [];
    private IReadOnlyList<BookingRow> bookings = [];
    private IReadOnlyList<BookingRow> asked = [];
    private IReadOnlyList<LabRow> own = [];
    private BookingRow? selected;
    private DateTimeOffset now;
    private string? said;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Any day of the week that is shown.</summary>
    [SupplyParameterFromQuery]
    private string? Week { get; set; }

    [Inject]
    private InstrumentCatalog Catalog { get; set; } = null!;

    [Inject]
    private BookingCalendar Calendar { get; set; } = null!;

    [Inject]
    private BookingDesk Desk { get; set; } = null!;

    [Inject]
    private LabDirectory Labs { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<Crumb> Crumbs => [lab is null ? new("Labs", "labs") : new(lab.Name, $"labs/{Id}")];

    private IReadOnlyList<PageTab> Tabs => lab is null ? [] : LabTabs.Of(Id, lab.Role, LabTabs.Calendar);

    private List<(Guid Id, string Name)> LabsShown => [.. bookings.Where(b => b.ForLabId is not null && b.Kind == BookingKind.Use).Select(b => (b.ForLabId!.Value, b.ForLab)).Distinct().OrderBy(pair => pair.Value)];

    protected override async Task LoadAsync()
    {
        now = Clock.GetUtcNow();
        lab = await Labs.FindAsync(Me, Id, Ct);
        instruments = (await Catalog.ListAsync(Me, Id, new PageRequest(0, 100), Ct))?.Items ?? [];
        if (instruments.Count > 0)
        {
            zone = LabZone.Of((await Catalog.FindAsync(Me, instruments[0].Id, Ct))?.TimeZone ?? "Etc/UTC");
        }

        var day = DateOnly.TryParseExact(Week, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wanted) && wanted.Year is > 1990 and < 2200 ? wanted : zone.Day(now);
        week = new CalendarWeek(zone, CalendarWeek.MondayOf(day));
        bookings = await Calendar.ListAsync(Me, Id, week.From, week.Until, Ct) ?? [];
        asked = await Calendar.ToDecideAsync(Me, Id, Ct);
        own = [.. (await Labs.ListAsync(Me, new PageRequest(0, 200), Ct)).Items.Where(row => row.Role > LabRole.Viewer)];
        if (draft.Day == default)
        {
            draft.Take(zone, zone.StartOf(zone.Day(now).AddDays(1)).AddHours(9), zone.StartOf(zone.Day(now).AddDays(1)).AddHours(13));
            draft.ForLab = own.FirstOrDefault(row => row.Id == Id)?.Id ?? own.FirstOrDefault()?.Id;
        }

        // Many lanes are too narrow to read: the first two are shown until somebody chooses.
        if (shown.Count == 0)
        {
            shown.UnionWith(instruments.Take(2).Select(instrument => instrument.Id));
        }

        selected = selected is null ? null : await Calendar.FindAsync(Me, selected.Id, Ct);
    }

    private bool IsShown(Guid id) => shown.Contains(id);

    private void Show(Guid id)
    {
        if (!shown.Remove(id))
        {
            shown.Add(id);
        }
    }

    /// <summary>Labs keep their colour on the page: by the order in which they are known, own lab first.</summary>
    private int Colour(Guid? labId) => labId is null ? 8 : (LabsShown.FindIndex(pair => pair.Id == labId) % 7) + 1;

    private string To(DateOnly? monday) => monday is { } day ? $"labs/{Id}/calendar?week={day:yyyy-MM-dd}" : $"labs/{Id}/calendar";

    private void Select(Guid bookingId) => selected = bookings.FirstOrDefault(booking => booking.Id == bookingId);

    private async Task ActAsync(CalendarAct act)
    {
        if (act.Booking is not { } id)
        {
            draft.Take(zone, act.From, act.Until);
            draft.Instruments.Clear();
            draft.Instruments.Add(act.Instrument);
            return;
        }

        Select(id);
        await MoveAsync(new BookingTimes(act.From, act.Until));
    }

    private Task BookAsync() => SayAsync(async () =>
    {
        var wanted = draft.ToBooking(zone);
        var booked = await Desk.BookAsync(Me, wanted, Ct) ?? throw new ProblemException(ProblemKind.Invalid, "One of the instruments is no longer there; load the page again.");
        draft.Purpose = "";
        return booked.State == BookingState.Asked ? $"Asked for: {zone.Span(wanted.From, wanted.Until)}. A manager of the instrument decides." : $"Booked: {zone.Span(wanted.From, wanted.Until)}{(booked.Ids.Count > 1 ? $" and more, {booked.Ids.Count} bookings in all" : "")}.";
    });

    private Task MoveAsync(BookingTimes times) => SayAsync(async () => await Desk.MoveAsync(Me, selected!.Id, times.From, times.Until, selected.Version, Ct) == Change.Done
        ? $"Moved to {zone.Span(times.From, times.Until)}."
        : throw new ProblemException(ProblemKind.Conflict, "Somebody else changed this booking meanwhile; look at it again."));

    private Task CancelAsync(bool series) => SayAsync(async () =>
    {
        await Desk.CancelAsync(Me, selected!.Id, series, null, Ct);
        selected = null;
        return "The time is free again.";
    });

    private Task DecideAsync(Decision decision) => SayAsync(async () =>
    {
        await Desk.DecideAsync(Me, selected!.Id, decision, Ct);
        return decision.IsConfirmed ? "Confirmed." : "Refused; the person who asked reads why.";
    });

    private async Task SayAsync(Func<Task<string>> act)
    {
        said = null;
        await DoAsync(async () => said = await act());
    }
}
