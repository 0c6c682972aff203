namespace CryoHub.Platform.Fields;

/// <summary>One data set of a table.</summary>
/// <param name="Cells">In the order of the columns; <c>null</c> where nothing is recorded.</param>
/// <param name="Group">Value of the grouping field; empty where nothing is recorded or the table is not grouped.</param>
/// <param name="Origin">The sample that its line begins with, usually the cell; <c>null</c> without a sample.</param>
public sealed record FieldRow(Guid DatasetId, string Name, IReadOnlyList<FieldCell?> Cells, string Group, Guid? Origin);
