using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Custody;

/// <param name="LabName">Whose it is; empty where it belongs to the lab of the storage.</param>
public sealed record StoredItem(Guid SampleId, SampleKind Kind, string Name, int Slot, DateTimeOffset Since, string LabName);
