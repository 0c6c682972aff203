namespace CryoHub.Platform.Facility;

/// <summary>A booking as its reader may see it: of other labs' bookings only that the time is taken.</summary>
/// <param name="Who">Empty where the reader may not know; so are purpose, lab and reason.</param>
/// <param name="MayChange">May be moved or cancelled by the reader.</param>
/// <param name="MayDecide">Waits for a yes or no that the reader may give.</param>
/// <param name="InSeries">How many bookings were made in the same go.</param>
public sealed record BookingRow(
    Guid Id, Guid GroupId, Guid InstrumentId, string Instrument, DateTimeOffset From, DateTimeOffset Until, BookingKind Kind, BookingState State, string Purpose, string Who, Guid? ForLabId,
    string ForLab, string Reason, bool IsMine, bool MayChange, bool MayDecide, int InSeries, uint Version);
