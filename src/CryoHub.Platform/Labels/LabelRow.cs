using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Labels;

/// <param name="Sample">What it is stuck to; <c>null</c> while it is blank.</param>
/// <param name="VoidedAt">When it was torn off or replaced.</param>
public sealed record LabelRow(Guid Id, Guid LabId, string LabName, string Code, SampleLink? Sample, DateTimeOffset CreatedAt, DateTimeOffset? VoidedAt);
