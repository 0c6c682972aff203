using CryoHub.Platform.Jobs;

namespace CryoHub.Platform.Facility;

public sealed record QueuedJob(Guid Id, string Title, JobStatus Status, double Fraction, string Project);
