namespace CryoHub.Web.Features.Projects;

public sealed record CreateProject(Guid LabId, string Name, string? Notes = null);
