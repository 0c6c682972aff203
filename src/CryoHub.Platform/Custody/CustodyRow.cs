namespace CryoHub.Platform.Custody;

/// <summary>One line of an item's way.</summary>
/// <param name="Where">"D2, cane 4, box 1, slot 3", or a person's name.</param>
/// <param name="LabName">The lab that answered for it.</param>
/// <param name="RecordedBy">Who recorded it.</param>
public sealed record CustodyRow(Guid Id, KeepingKind Kind, string Where, string LabName, DateTimeOffset Since, DateTimeOffset? Until, string RecordedBy, string Note);
