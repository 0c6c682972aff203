namespace CryoHub.Platform.Pairs;

/// <param name="OtherId">The other sample of the pair.</param>
/// <param name="OtherIsControl">False where the sample that is asked about is the control of the other.</param>
/// <param name="Factor">What was to differ.</param>
/// <param name="Difference">In words; needed for <see cref="PairFactor.Other"/>.</param>
public sealed record LinkPair(Guid OtherId, bool OtherIsControl, PairFactor Factor, string? Difference = null);
