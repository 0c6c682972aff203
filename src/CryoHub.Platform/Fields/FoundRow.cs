namespace CryoHub.Platform.Fields;

/// <summary>A data set that fulfils the filters, before its columns are read.</summary>
/// <param name="Group">Value of the grouping field; empty where nothing is recorded or the table is not grouped.</param>
/// <param name="Key">Value of the field that the table is ordered by.</param>
internal sealed record FoundRow(FoundDataset Dataset, string Group, FieldCell? Key);
