namespace CryoHub.Web.Features.Workflows;

/// <param name="Template">Key of a template.</param>
/// <param name="LabId">The lab whose it is; absent for a built-in one.</param>
public sealed record StartRun(string Template, Guid? LabId = null);
