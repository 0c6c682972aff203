using CryoHub.Platform.Access;

namespace CryoHub.Web.Features.Projects;

/// <summary>With a lab, at once; or with the person of a mail address, who is asked by mail.</summary>
public sealed record ShareProject(ProjectRole Role, Guid? LabId = null, string? Email = null);
