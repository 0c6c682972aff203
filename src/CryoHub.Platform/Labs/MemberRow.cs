namespace CryoHub.Platform.Labs;

/// <param name="UserId">The person.</param>
/// <param name="DisplayName">As the person wants to be called.</param>
/// <param name="Email">Empty unless the reader manages the lab.</param>
/// <param name="Role">In this lab.</param>
/// <param name="Since">When the person joined.</param>
public sealed record MemberRow(Guid UserId, string DisplayName, string Email, LabRole Role, DateTimeOffset Since);
