namespace CryoHub.Platform.Facility;

/// <param name="DownSince">Since when it is down; <c>null</c> while it works.</param>
/// <param name="MyLevel">How far the reader is qualified on it; <c>null</c> where not, or no longer.</param>
public sealed record InstrumentRow(
    Guid Id, Guid LabId, string LabName, string Name, string Model, string Place, IReadOnlyList<string> Capabilities, bool NeedsQualification, bool NeedsApproval, DateTimeOffset? DownSince,
    QualificationLevel? MyLevel);
