namespace CryoHub.Platform.Fields;

/// <summary>One page of a table of data sets.</summary>
/// <param name="Groups">All of them, by value; empty where the table is not grouped.</param>
/// <param name="Total">Data sets that fulfil the filters.</param>
public sealed record FieldPage(IReadOnlyList<RecordedField> Columns, IReadOnlyList<FieldRow> Rows, IReadOnlyList<FieldGroup> Groups, int Total, int Skip, int Take);
