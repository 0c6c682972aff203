namespace CryoHub.Numerics.Fourier;

/// <summary>What a plan is made for; equal keys share one plan. Arrays start on a 64-byte boundary.</summary>
/// <param name="Kind">Direction, and whether rows or columns.</param>
/// <param name="Count">How many transforms.</param>
/// <param name="Length">Points of each.</param>
/// <param name="Stride">Complex numbers from one point of a column to the next; of a volume, its rows.</param>
internal readonly record struct FftwPlan(FftwPlanKind Kind, int Count, int Length, int Stride = 0);
