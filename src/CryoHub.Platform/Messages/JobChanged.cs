using CryoHub.Platform.Jobs;

namespace CryoHub.Platform.Messages;

/// <summary>The news: how far a job is.</summary>
public sealed record JobChanged(Guid JobId, Guid? ProjectId, JobStatus Status, double Fraction, string Step);
