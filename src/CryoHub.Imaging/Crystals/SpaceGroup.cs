using System.Globalization;

namespace CryoHub.Imaging.Crystals;

/// <summary>A space group in one of its settings.</summary>
/// <param name="Number">Number in the International Tables, 1 to 230.</param>
/// <param name="Symbol">Hermann-Mauguin symbol of the setting.</param>
/// <param name="Setting">Choice of origin or axes behind the colon: <c>1</c>, <c>2</c>, <c>H</c>, <c>R</c>; empty where there is but one.</param>
/// <param name="Hall">Hall symbol, from which the operations follow.</param>
public sealed record SpaceGroup(int Number, string Symbol, string Setting, string Hall)
{
    private static readonly Lazy<IReadOnlyList<SpaceGroup>> Table = new(Load);

    /// <summary>Every setting of the table of Hall symbols (International Tables for Crystallography, vol. B, A1.4.2.7), the standard setting of a group first.</summary>
    public static IReadOnlyList<SpaceGroup> All => Table.Value;

    /// <summary>All symmetry operations, the identity first.</summary>
    public IReadOnlyList<SymmetryOperation> Operations => HallSymbol.Operations(Hall) ?? [];

    /// <summary>
    /// By Hermann-Mauguin symbol as files write it: with or without blanks and underscores, in full or short (<c>P 21/c</c>), with <c>:2</c> or <c>S</c>, <c>Z</c>
    /// (first and second origin) behind. Without a choice, the first origin and hexagonal axes stand, as in the table. <c>null</c> where the symbol is unknown.
    /// </summary>
    public static SpaceGroup? Find(string symbol)
    {
        var (bare, setting) = Split(symbol);
        var found = All.Where(group => Bare(group.Symbol) == bare || Short(group) == bare);
        return (setting.Length == 0 ? null : found.FirstOrDefault(group => group.Setting == setting)) ?? found.FirstOrDefault();
    }

    /// <summary>The standard setting of a number; <c>null</c> outside 1 to 230.</summary>
    public static SpaceGroup? Find(int number) => All.FirstOrDefault(group => group.Number == number);

    private static (string Bare, string Setting) Split(string symbol)
    {
        var colon = symbol.IndexOf(':', StringComparison.Ordinal);
        var bare = Bare(colon < 0 ? symbol : symbol[..colon]);
        var setting = colon < 0 ? "" : symbol[(colon + 1)..].Trim().ToUpperInvariant();
        return bare.Length > 2 && bare[^1] is 's' or 'z' or 'h' or 'r' && colon < 0 ? (bare[..^1], bare[^1] switch { 's' => "1", 'z' => "2", var c => $"{char.ToUpperInvariant(c)}" }) : (bare, setting);
    }

    private static string Bare(string symbol) =>
        new([.. symbol.Where(c => !char.IsWhiteSpace(c) && c is not '_' and not '(' and not ')').Select(char.ToLowerInvariant)]);

    /// <summary>The short symbol of a monoclinic group: P 1 21/c 1 is P 21/c; the old one of a cubic group: F d -3 m was F d 3 m.</summary>
    private static string Short(SpaceGroup group) => group.Number switch
    {
        >= 3 and <= 15 => Bare(string.Join(' ', group.Symbol.Split(' ').Where((word, i) => i == 0 || word != "1"))),
        >= 200 => Bare(group.Symbol).Replace("-3", "3", StringComparison.Ordinal),
        _ => "",
    };

    private static List<SpaceGroup> Load()
    {
        using var stream = typeof(SpaceGroup).Assembly.GetManifestResourceStream("CryoHub.Imaging.Crystals.space-groups.txt")!;
        using var reader = new StreamReader(stream);
        List<SpaceGroup> groups = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(';') is [var number, var symbol, var setting, var hall])
            {
                groups.Add(new SpaceGroup(int.Parse(number, CultureInfo.InvariantCulture), symbol, setting, hall));
            }
        }

        return groups;
    }
}
