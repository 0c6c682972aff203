namespace CryoHub.Platform.Facility;

/// <param name="MayManage">May edit, qualify people and set rates.</param>
/// <param name="MayRecord">May record calibrations and downtime.</param>
public sealed record InstrumentDetails(
    Guid Id, Guid LabId, string LabName, string TimeZone, string Name, string Model, string Place, string Notes, IReadOnlyList<Capability> Capabilities, bool NeedsQualification, bool NeedsApproval,
    DateTimeOffset? DownSince, DateTimeOffset? RetiredAt, bool MayManage, bool MayRecord, QualificationLevel? MyLevel, uint Version);
