namespace CryoHub.Web.Features.Reviews;

/// <summary>How far a comparison is.</summary>
/// <param name="JobId">The job that compares; <c>null</c> while labels are still being read.</param>
/// <param name="Waiting">Labels that are still being read; ask again when they are.</param>
public sealed record Compared(Guid? JobId, int Waiting);
