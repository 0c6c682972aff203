namespace CryoHub.Platform.Facility;

/// <param name="IsCurrent">False where it has run out.</param>
public sealed record QualificationRow(Guid Id, Guid UserId, string Name, QualificationLevel Level, DateTimeOffset Since, DateTimeOffset? Until, string Notes, string GrantedBy, bool IsCurrent);
