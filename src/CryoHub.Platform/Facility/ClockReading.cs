namespace CryoHub.Platform.Facility;

/// <summary>What the instrument's computer shows now, or by how much it was found to be wrong; one of the two.</summary>
/// <param name="Shown">Sent by the computer itself: compared with the time of arrival.</param>
/// <param name="OffsetSeconds">Typed by a person: positive where the computer runs ahead.</param>
public sealed record ClockReading(DateTimeOffset? Shown = null, double? OffsetSeconds = null, string? Notes = null);
