using CryoHub.Platform.Fields;

namespace CryoHub.Web.Features.Fields;

/// <summary>A table's address: <c>?projectId=…&amp;column=sample.metal&amp;filter=milling.temperature-max&gt;-120 degC&amp;group=mounting.material&amp;sort=dataset.name</c>.</summary>
public readonly record struct TableQuery(Guid? ProjectId, Guid? LabId, string[]? Column, string[]? Filter, string? Group, string? Sort, bool? Descending)
{
    public FieldQuery ToFields() => new(ProjectId, LabId, Column ?? [], Filter ?? [], Group, Sort, Descending ?? false);
}
