namespace CryoHub.Platform.Workflows;

/// <param name="LabId">The lab whose it is; <c>null</c> for a built-in one.</param>
public sealed record TemplateRow(Guid? LabId, string LabName, WorkflowTemplate Template);
