namespace CryoHub.Platform.Custody;

/// <param name="Note">What is seen; for what did not arrive well, the cause as far as it is known.</param>
public sealed record ItemArrival(Guid SampleId, Arrival Arrival, string? Note = null);
