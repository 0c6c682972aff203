using CryoHub.Platform.Access;

namespace CryoHub.Platform.Projects;

/// <summary>A share that waits for the person of that address to accept it.</summary>
public sealed record SharedByMailRow(Guid Id, string Email, ProjectRole Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
