using CryoHub.Platform.Projects;

namespace CryoHub.Platform.Access;

/// <summary>Data that belongs to a project and is visible to those who may see the project.</summary>
public interface IInProject
{
    Guid Id { get; }

    Guid ProjectId { get; }

    Project Project { get; }

    /// <summary>When it was put into the trash; <c>null</c> while it is in use.</summary>
    DateTimeOffset? DeletedAt { get; }
}
