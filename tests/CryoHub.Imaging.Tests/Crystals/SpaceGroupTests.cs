using CryoHub.Imaging.Crystals;

namespace CryoHub.Imaging.Tests.Crystals;

public sealed class SpaceGroupTests
{
    /// <summary>Last number of each run of space groups with one point group, and that group's order (International Tables, vol. A, table 3.2.3.2).</summary>
    private static readonly (int Last, int Order)[] PointGroups =
    [
        (1, 1), (2, 2), (5, 2), (9, 2), (15, 4), (24, 4), (46, 4), (74, 8), (80, 4), (82, 4), (88, 8), (98, 8), (110, 8), (122, 8), (142, 16), (146, 3), (148, 6),
        (155, 6), (161, 6), (167, 12), (173, 6), (174, 6), (176, 12), (182, 12), (186, 12), (190, 12), (194, 24), (199, 12), (206, 24), (214, 24), (220, 24), (230, 48),
    ];

    [Fact]
    public void Every_setting_has_as_many_operations_as_its_point_group_times_its_lattice_points() => Assert.All(SpaceGroup.All, group =>
    {
        var order = PointGroups.First(points => group.Number <= points.Last).Order;
        var points = group.Symbol[0] switch { 'P' => 1, 'F' => 4, 'R' => group.Setting == "R" ? 1 : 3, 'H' => 3, _ => 2 };
        Assert.Equal(order * points, group.Operations.Count);
    });

    [Fact]
    public void All_230_groups_are_there() => Assert.Equal(Enumerable.Range(1, 230), SpaceGroup.All.Select(group => group.Number).Distinct().Order());

    [Theory]
    [InlineData("Fd-3m", 227)]
    [InlineData("F d 3 m", 227)]
    [InlineData("P 21/c", 14)]
    [InlineData("P 1 21/n 1", 14)]
    [InlineData("P 63/m m c", 194)]
    [InlineData("R-3m:H", 166)]
    [InlineData("P2_1/c", 14)]
    [InlineData("Pnma", 62)]
    public void A_symbol_is_found_as_files_write_it(string symbol, int number) => Assert.Equal(number, SpaceGroup.Find(symbol)!.Number);

    [Fact]
    public void The_choice_behind_the_colon_counts()
    {
        Assert.Contains(SpaceGroup.Find("F d -3 m:2")!.Operations, operation => operation.IsSame(SymmetryOperation.Parse("-x,-y,-z")!));
        Assert.DoesNotContain(SpaceGroup.Find("F d -3 m:1")!.Operations, operation => operation.IsSame(SymmetryOperation.Parse("-x,-y,-z")!));
        Assert.Equal(12, SpaceGroup.Find("R -3 m:R")!.Operations.Count);
    }

    [Theory]
    [InlineData("x-y,x,z+5/6", new[] { 1, -1, 0, 1, 0, 0, 0, 0, 1 }, new[] { 0, 0, 5 / 6.0 })]
    [InlineData(" 1/2+X , -Y, 0.25-z ", new[] { 1, 0, 0, 0, -1, 0, 0, 0, -1 }, new[] { 0.5, 0, 0.25 })]
    [InlineData("-1/4+x,y-1/3,z", new[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }, new[] { 0.75, 2 / 3.0, 0 })]
    public void A_triplet_is_read_in_any_order(string triplet, int[] rotation, double[] translation)
    {
        var operation = SymmetryOperation.Parse(triplet)!;
        Assert.Equal(rotation, operation.Rotation);
        Assert.All(translation.Zip(operation.Translation), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Theory]
    [InlineData("x,y")]
    [InlineData("x,y,q")]
    [InlineData("x,y,1/0")]
    public void What_is_no_triplet_is_none(string text) => Assert.Null(SymmetryOperation.Parse(text));

    /// <summary>Reflection conditions of the International Tables, vol. A: F m -3 m all odd or all even, F d -3 m also 0kl with k + l = 4n, P 21/c h0l only with l = 2n.</summary>
    [Theory]
    [InlineData("F m -3 m", 1, 0, 0, true)]
    [InlineData("F m -3 m", 1, 1, 1, false)]
    [InlineData("F d -3 m", 2, 0, 0, true)]
    [InlineData("F d -3 m", 2, 2, 2, false)]
    [InlineData("F d -3 m", 4, 0, 0, false)]
    [InlineData("P 1 21/c 1", 0, 0, 1, true)]
    [InlineData("P 1 21/c 1", 0, 1, 0, true)]
    [InlineData("P 1 21/c 1", 0, 1, 1, false)]
    [InlineData("P 63/m m c", 0, 0, 1, true)]
    [InlineData("P 63/m m c", 0, 0, 2, false)]
    public void Forbidden_reflections_follow_from_the_operations(string symbol, int h, int k, int l, bool isAbsent)
    {
        var crystal = new Crystal(new UnitCell(5, 5, 5, 90, 90, 90), symbol, null, [], [new AtomSite("A", "Si", 0, 0, 0)]);
        Assert.Equal(isAbsent, crystal.IsAbsent(h, k, l));
    }

    [Theory]
    [InlineData("Fe3+", "Fe")]
    [InlineData("O2-", "O")]
    [InlineData("OH", "O")]
    [InlineData("CA1", "Ca")]
    [InlineData("Wat", "W")]
    [InlineData("?", "")]
    public void An_element_is_told_from_a_label(string label, string element) => Assert.Equal(element, ElementSymbol.Of(label));
}
