namespace CryoHub.Platform.Facility;

/// <param name="Email">Of a member of the instrument's lab, or of a lab that the granting person knows.</param>
/// <param name="Until">When it runs out; <c>null</c> where it does not.</param>
public sealed record GrantQualification(string Email, QualificationLevel Level = QualificationLevel.User, DateTimeOffset? Until = null, string? Notes = null);
