using CryoHub.Platform.Access;

namespace CryoHub.Platform.Projects;

/// <summary>A lab or a person, with whom a project is shared; the other id is empty.</summary>
public sealed record ShareRow(Guid Id, Guid? LabId, Guid? UserId, string Name, ProjectRole Role, DateTimeOffset CreatedAt);
