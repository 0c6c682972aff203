using CryoHub.Platform.Jobs;

namespace CryoHub.Web.Features.Analyses;

/// <summary>What a run would take.</summary>
/// <param name="Seconds">Work on two common cores, within about a factor of three; waiting in the queue comes on top.</param>
/// <param name="MemoryBytes">The most that a worker holds at a time.</param>
/// <param name="Parts">Into how many parts it is cut, which several workers share.</param>
/// <param name="Same">The job that does or did exactly the same: it would be given instead of a new one.</param>
public sealed record RunEstimate(double Seconds, long MemoryBytes, int Parts, EqualJob? Same);
