namespace CryoHub.Platform.Facility;

/// <param name="Cost">Without value where an hour had no rate; upkeep costs nothing.</param>
public sealed record UsageLine(string Lab, string Instrument, BookingKind Kind, int Bookings, double Hours, decimal? Cost, string Currency);
