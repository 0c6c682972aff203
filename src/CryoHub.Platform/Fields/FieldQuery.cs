namespace CryoHub.Platform.Fields;

/// <summary>What a table shows.</summary>
/// <param name="ProjectId">Only of this project.</param>
/// <param name="LabId">Only of the lab's projects.</param>
/// <param name="Columns">Keys of fields; those of the usual table where there are none.</param>
/// <param name="Filters">As <see cref="FieldFilter.Parse"/> reads them; all have to hold.</param>
public sealed record FieldQuery(
    Guid? ProjectId, Guid? LabId, IReadOnlyList<string> Columns, IReadOnlyList<string> Filters, string? Group = null, string? Sort = null, bool Descending = false);
