using CryoHub.Imaging;
using CryoHub.Numerics.Statistics;

namespace CryoHub.Platform.Fields;

/// <summary>Compares a recorded number between the levels of a factor. Values of one cell are no independent measurements: where cells repeat, their means are what is compared.</summary>
public sealed class Comparisons(FieldTable table)
{
    /// <summary>Levels of a factor that one picture can hold.</summary>
    public const int MostGroups = 20;

    /// <summary>Below this many independent values a group, ranks are compared rather than means.</summary>
    private const int FewUnits = 8;

    private const string Cell = "sample.cell";

    /// <param name="query">Scope and filters.</param>
    /// <exception cref="ProblemException">Invalid: the value is no number, or the factor has more than <see cref="MostGroups"/> levels.</exception>
    public async Task<Comparison> OfAsync(Guid userId, FieldQuery query, string factor, string value, CancellationToken ct)
    {
        var (by, what) = (RecordedFields.Of(factor), RecordedFields.Of(value));
        if (!what.IsNumber)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{what.Title} is recorded in words; a comparison takes a number.");
        }

        var (rows, columns) = await table.AllAsync(userId, query with { Columns = [value, Cell], Group = factor, Sort = null, Descending = false }, ct);
        var told = rows.Where(row => row.Group.Length > 0 && row.Cells[0]?.Number is not null)
            .Select(row => (row.Group, Value: new ComparedValue(row.DatasetId, row.Name, row.Cells[0]!.Number!.Value, row.Cells[1]?.Text ?? "", row.Origin))).ToList();
        var levels = told.GroupBy(row => row.Group, row => row.Value).ToList();
        if (levels.Count > MostGroups)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{by.Title} has {levels.Count} levels here; up to {MostGroups} can be compared. Filter, or choose another factor.");
        }

        var origins = told.Where(row => row.Value.Origin is not null).GroupBy(row => row.Value.Origin).ToList();
        var repeats = origins.Any(origin => origin.Count() > 1);
        var groups = Groups(levels, repeats);
        var (test, reading) = Test(groups);
        var crossing = origins.Count(origin => origin.Select(row => row.Group).Distinct().Skip(1).Any());
        var dependence = !repeats ? ""
            : $"{told.Count} values come from {origins.Count} cell{(origins.Count == 1 ? "" : "s")}. Intervals and the test use the cells' means."
                + (crossing > 0 ? $" {crossing} of them stand{(crossing == 1 ? "s" : "")} in several groups, which no test here takes into account." : "");
        return new Comparison(by, columns[0], groups, test, reading, dependence, rows.Count - told.Count);
    }

    /// <summary>Names of numbers that results in scope hold, by how often.</summary>
    public Task<IReadOnlyList<string>> NumbersAsync(Guid userId, FieldQuery query, CancellationToken ct) => table.NumbersAsync(userId, query, ct);

    private static List<ComparedGroup> Groups(IEnumerable<IGrouping<string, ComparedValue>> levels, bool repeats)
    {
        var groups = new List<ComparedGroup>();
        foreach (var level in levels)
        {
            // A value without a sample stands for itself.
            double[] units = [.. repeats ? level.GroupBy(one => one.Origin ?? one.DatasetId).Select(cell => cell.Average(one => one.Value)) : level.Select(one => one.Value)];
            groups.Add(new ComparedGroup(level.Key, [.. level], units, Summary.Of(units), groups is [var first, ..] && first.Units.Count > 1 && units.Length > 1 ? Effect.Of(units, first.Units) : null));
        }

        return groups;
    }

    private static (GroupTest? Test, string Reading) Test(List<ComparedGroup> groups)
    {
        var units = groups.Where(group => group.Units.Count > 1).Select(group => group.Units).ToList();
        if (units.Count < 2)
        {
            return (null, $"{units.Count} of {groups.Count} groups have two independent values; a test takes two such groups.");
        }

        var least = units.Min(group => group.Count);
        var left = groups.Count - units.Count;
        var words = left > 0 ? $" {left} groups with one value are left out." : "";
        try
        {
            return least < FewUnits
                ? (units.Count == 2 ? GroupTest.MannWhitney(units[0], units[1]) : GroupTest.KruskalWallis(units), $"By ranks, as the smallest group has {least} independent values (means from {FewUnits} on).{words}")
                : (units.Count == 2 ? GroupTest.Welch(units[0], units[1]) : GroupTest.Anova(units), $"By means, as every group has at least {FewUnits} independent values.{words}");
        }
        catch (ArgumentException reason)
        {
            return (null, reason.Message);
        }
    }
}
