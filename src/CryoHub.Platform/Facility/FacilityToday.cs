namespace CryoHub.Platform.Facility;

/// <summary>What a manager of a facility looks at first.</summary>
/// <param name="From">The day by the lab's clock.</param>
/// <param name="Sessions">Bookings of the day on the lab's instruments.</param>
/// <param name="Running">Jobs of the lab's projects.</param>
/// <param name="UsedBytes">Originals of the lab.</param>
/// <param name="FreeBytes">Of the disk on which the file store lies; <c>null</c> where objects are elsewhere.</param>
public sealed record FacilityToday(
    string TimeZone, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<BookingRow> Sessions, IReadOnlyList<WaitingItem> Waiting, int WaitingInAll, IReadOnlyList<QueuedJob> Queue, int Running,
    int Queued, long UsedBytes, long? QuotaBytes, long? FreeBytes, long? DiskBytes, IReadOnlyList<Alarm> Alarms);
