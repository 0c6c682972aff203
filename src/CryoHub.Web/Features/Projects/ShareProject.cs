using CryoHub.Platform.Access;

namespace CryoHub.Web.Features.Projects;

/// <summary>With a lab or with the person of a mail address.</summary>
public sealed record ShareProject(ProjectRole Role, Guid? LabId = null, string? Email = null);
