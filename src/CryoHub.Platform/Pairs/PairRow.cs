using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Pairs;

/// <param name="Recorded">Everything in which the records of the two differ, wanted or not.</param>
/// <param name="IsRecorded">False where the records do not differ in the factor: a step or a value is missing.</param>
public sealed record PairRow(Guid Id, SampleLink Control, SampleLink Treated, PairFactor Factor, string Difference, string By, DateTimeOffset At, IReadOnlyList<PairDifference> Recorded, bool IsRecorded);
