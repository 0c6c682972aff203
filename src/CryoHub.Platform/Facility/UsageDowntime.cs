namespace CryoHub.Platform.Facility;

public sealed record UsageDowntime(string Instrument, double Hours);
