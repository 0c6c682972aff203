using CryoHub.Imaging;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Fields;

/// <summary>The question, read and checked.</summary>
internal sealed class AskedFields
{
    private const int MostFields = 40;

    private static readonly string[] Usual = ["dataset.kind", "sample.name", "sample.metal", "wash.interphase", "mounting.material", "session.beam-energy", "acquisition.mode"];

    public AskedFields(FieldQuery query)
    {
        if (query.Columns.Count + query.Filters.Count > MostFields)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{query.Columns.Count} columns and {query.Filters.Count} filters; {MostFields} together are the limit.");
        }

        Columns = [.. (query.Columns.Count > 0 ? query.Columns : Usual).Distinct().Select(RecordedFields.Of)];
        Filters = [.. query.Filters.Select(FieldFilter.Parse)];
        Group = string.IsNullOrEmpty(query.Group) ? null : RecordedFields.Of(query.Group);
        Sort = RecordedFields.Of(string.IsNullOrEmpty(query.Sort) ? RecordedFields.Name : query.Sort);
    }

    public IReadOnlyList<RecordedField> Columns { get; }

    public IReadOnlyList<FieldFilter> Filters { get; }

    public RecordedField? Group { get; }

    public RecordedField Sort { get; }

    public bool HasCell => Keys.Contains("sample.cell");

    public IEnumerable<string> Values => Keys.Where(key => key.StartsWith(RecordedFields.ValuePrefix, StringComparison.Ordinal)).Select(key => key[RecordedFields.ValuePrefix.Length..]).Distinct();

    /// <summary>Kinds of steps that are read for every data set, to choose and order them.</summary>
    public IReadOnlyCollection<string> OrderingKinds => KindsOf(OrderingKeys);

    /// <summary>Kinds of steps that are read for the data sets that are shown.</summary>
    public IReadOnlyCollection<string> ColumnKinds => KindsOf(Columns.Select(column => column.Key));

    private IEnumerable<string> OrderingKeys => Filters.Select(filter => filter.Field.Key).Append(Group?.Key ?? RecordedFields.Name).Append(Sort.Key);

    private IEnumerable<string> Keys => Columns.Select(column => column.Key).Concat(OrderingKeys);

    private static IReadOnlyCollection<string> KindsOf(IEnumerable<string> keys) =>
        [.. keys.Select(key => key[..key.IndexOf('.', StringComparison.Ordinal)]).Where(kind => StepKinds.Find(kind) is not null).Distinct()];
}
