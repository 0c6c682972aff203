using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Custody;

/// <param name="LabName">In whose keeping it happened.</param>
/// <param name="InShipment">True where it came out of a shipment so.</param>
public sealed record FailureRow(Guid Id, SampleLink Item, FailureKind Kind, string Cause, DateTimeOffset HappenedAt, string LabName, string RecordedBy, bool InShipment);
