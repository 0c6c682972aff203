using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Custody;

/// <param name="Code">Of its label; empty where it has none.</param>
public sealed record PackedItem(SampleLink Item, string Metal, string Code, Arrival Arrival, string ArrivalNote);
