namespace CryoHub.Numerics.Fourier;

/// <summary>What a plan is made for; equal keys share one plan.</summary>
/// <param name="Kind">Direction and rank.</param>
/// <param name="Rows">Rows of the image, or how many one-dimensional transforms.</param>
/// <param name="Length">Points of one row.</param>
/// <param name="Threads">Threads of one transform.</param>
/// <param name="IsAligned">Whether both arrays start on a 64-byte boundary.</param>
internal readonly record struct FftwPlan(FftwPlanKind Kind, int Rows, int Length, int Threads, bool IsAligned);
