namespace CryoHub.Web.Features.Projects;

public sealed record EditProject(string Name, string? Notes = null);
