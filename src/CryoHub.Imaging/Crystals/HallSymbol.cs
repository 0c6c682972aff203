using System.Globalization;

namespace CryoHub.Imaging.Crystals;

/// <summary>
/// The operations of a space group from its Hall symbol, which names its generators (S. R. Hall, Acta Cryst. A37, 1981, 517; International Tables for
/// Crystallography, vol. B, A1.4.2.3): <c>-P 2ybc</c> is P 2₁/c.
/// </summary>
public static class HallSymbol
{
    private const int LargestGroup = 192;

    // The proper rotations round x, y and z of order 1, 2, 3, 4 and 6, round the face diagonals (' and ") and the body diagonal (*): table A1.4.2.4 to A1.4.2.6.
    private static readonly Dictionary<string, int[]> Rotations = new()
    {
        ["1x"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["1y"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["1z"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["2x"] = [1, 0, 0, 0, -1, 0, 0, 0, -1],
        ["2y"] = [-1, 0, 0, 0, 1, 0, 0, 0, -1],
        ["2z"] = [-1, 0, 0, 0, -1, 0, 0, 0, 1],
        ["3x"] = [1, 0, 0, 0, 0, -1, 0, 1, -1],
        ["3y"] = [-1, 0, 1, 0, 1, 0, -1, 0, 0],
        ["3z"] = [0, -1, 0, 1, -1, 0, 0, 0, 1],
        ["4x"] = [1, 0, 0, 0, 0, -1, 0, 1, 0],
        ["4y"] = [0, 0, 1, 0, 1, 0, -1, 0, 0],
        ["4z"] = [0, -1, 0, 1, 0, 0, 0, 0, 1],
        ["6x"] = [1, 0, 0, 0, 1, -1, 0, 1, 0],
        ["6y"] = [0, 0, 1, 0, 1, 0, -1, 0, 1],
        ["6z"] = [1, -1, 0, 1, 0, 0, 0, 0, 1],
        ["2'x"] = [-1, 0, 0, 0, 0, -1, 0, -1, 0],
        ["2'y"] = [0, 0, -1, 0, -1, 0, -1, 0, 0],
        ["2'z"] = [0, -1, 0, -1, 0, 0, 0, 0, -1],
        ["2\"x"] = [-1, 0, 0, 0, 0, 1, 0, 1, 0],
        ["2\"y"] = [0, 0, 1, 0, -1, 0, 1, 0, 0],
        ["2\"z"] = [0, 1, 0, 1, 0, 0, 0, 0, -1],
        ["3*"] = [0, 0, 1, 1, 0, 0, 0, 1, 0],
    };

    private static readonly Dictionary<char, double[][]> Lattices = new()
    {
        ['P'] = [],
        ['A'] = [[0, .5, .5]],
        ['B'] = [[.5, 0, .5]],
        ['C'] = [[.5, .5, 0]],
        ['I'] = [[.5, .5, .5]],
        ['R'] = [[2 / 3.0, 1 / 3.0, 1 / 3.0], [1 / 3.0, 2 / 3.0, 2 / 3.0]],
        ['H'] = [[2 / 3.0, 1 / 3.0, 0], [1 / 3.0, 2 / 3.0, 0]],
        ['F'] = [[0, .5, .5], [.5, 0, .5], [.5, .5, 0]],
    };

    /// <summary>All operations, the identity first; <c>null</c> where the text is no Hall symbol.</summary>
    public static IReadOnlyList<SymmetryOperation>? Operations(string symbol)
    {
        var open = symbol.IndexOf('(', StringComparison.Ordinal);
        var words = (open < 0 ? symbol : symbol[..open]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !Lattices.TryGetValue(char.ToUpperInvariant(words[0][^1]), out var centring) || words[0].TrimStart('-').Length != 1)
        {
            return null;
        }

        var shift = open < 0 ? [0, 0, 0] : Shift(symbol[(open + 1)..].TrimEnd(')', ' '));
        List<SymmetryOperation> generators = [.. centring.Select(t => new SymmetryOperation(Rotations["1z"], t))];
        if (words[0][0] == '-')
        {
            generators.Add(new SymmetryOperation([-1, 0, 0, 0, -1, 0, 0, 0, -1], [0, 0, 0]));
        }

        var (previousOrder, previousAxis) = (0, 'z');
        for (var i = 1; i < words.Length; i++)
        {
            if (Generator(words[i], i, ref previousOrder, ref previousAxis) is not { } generator)
            {
                return null;
            }

            generators.Add(generator);
        }

        return shift is null ? null : Close([.. generators.Select(generator => Moved(generator, shift))]);
    }

    /// <summary>One word: sign, order, axis, screw, glides.</summary>
    private static SymmetryOperation? Generator(string word, int position, ref int previousOrder, ref char previousAxis)
    {
        var isImproper = word[0] == '-';
        var rest = isImproper ? word[1..] : word;
        if (rest.Length == 0 || rest[0] is not (>= '1' and <= '6'))
        {
            return null;
        }

        var order = rest[0] - '0';
        var named = rest.IndexOfAny(['x', 'y', 'z', '\'', '"', '*']);
        var diagonal = rest.IndexOfAny(['\'', '"', '*']) is >= 0 and var mark ? rest[mark] : '\0';
        var axis = rest.IndexOfAny(['x', 'y', 'z']) is >= 0 and var letter ? rest[letter] : '\0';
        if (named < 0)
        {
            // Table A1.4.2.2: the first rotation goes round c, the second round a (after 2 or 4) or a-b (after 3 or 6), the third round the body diagonal.
            diagonal = position switch
            {
                2 when order == 2 && previousOrder is 3 or 6 => '\'',
                3 when order == 3 => '*',
                _ => '\0',
            };
            axis = position switch { 1 => 'z', 2 when order == 2 && previousOrder is 2 or 4 => 'x', _ => diagonal == '\'' ? previousAxis : 'z' };
        }
        else if (axis == '\0')
        {
            axis = previousAxis;
        }

        var key = diagonal == '*' ? "3*" : diagonal == '\0' ? $"{order}{axis}" : $"{order}{diagonal}{axis}";
        if (!Rotations.TryGetValue(key, out var rotation))
        {
            return null;
        }

        (previousOrder, previousAxis) = (order, diagonal == '\0' ? axis : previousAxis);
        var translation = Glide(rest[1..], order, axis);
        return translation is null ? null : new SymmetryOperation(isImproper ? [.. rotation.Select(r => -r)] : rotation, translation);
    }

    /// <summary>Letters are glides, digits the screw's part of its order along its axis: table A1.4.2.3.</summary>
    private static double[]? Glide(string marks, int order, char axis)
    {
        double[] t = [0, 0, 0];
        foreach (var mark in marks)
        {
            double[]? step = mark switch
            {
                'a' => [.5, 0, 0],
                'b' => [0, .5, 0],
                'c' => [0, 0, .5],
                'n' => [.5, .5, .5],
                'u' => [.25, 0, 0],
                'v' => [0, .25, 0],
                'w' => [0, 0, .25],
                'd' => [.25, .25, .25],
                >= '1' and <= '5' when axis is >= 'x' and <= 'z' => [.. Enumerable.Range(0, 3).Select(i => i == axis - 'x' ? (double)(mark - '0') / order : 0)],
                'x' or 'y' or 'z' or '\'' or '"' or '*' => [0, 0, 0],
                _ => null,
            };
            if (step is null)
            {
                return null;
            }

            for (var i = 0; i < 3; i++)
            {
                t[i] = SymmetryOperation.Wrap(t[i] + step[i]);
            }
        }

        return t;
    }

    /// <summary>A change of origin in twelfths: <c>(0 0 -1)</c>; <c>null</c> where it is another change of basis, which the table of space groups does not need.</summary>
    private static double[]? Shift(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var shift = new double[3];
        for (var i = 0; i < 3; i++)
        {
            if (words.Length != 3 || !int.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var twelfths))
            {
                return null;
            }

            shift[i] = twelfths / 12.0;
        }

        return shift;
    }

    /// <summary>The operation with the origin moved by v: V S V⁻¹ with V a translation by v, so t becomes t + v - R v.</summary>
    private static SymmetryOperation Moved(SymmetryOperation operation, double[] v)
    {
        var t = new double[3];
        for (var i = 0; i < 3; i++)
        {
            var turned = (operation.Rotation[3 * i] * v[0]) + (operation.Rotation[(3 * i) + 1] * v[1]) + (operation.Rotation[(3 * i) + 2] * v[2]);
            t[i] = SymmetryOperation.Wrap(operation.Translation[i] + v[i] - turned);
        }

        return operation with { Translation = t };
    }

    private static List<SymmetryOperation>? Close(List<SymmetryOperation> generators)
    {
        List<SymmetryOperation> group = [new SymmetryOperation(Rotations["1z"], [0, 0, 0])];
        for (var i = 0; i < group.Count; i++)
        {
            foreach (var generator in generators)
            {
                var product = generator.After(group[i]);
                if (!group.Exists(product.IsSame))
                {
                    group.Add(product);
                }

                if (group.Count > LargestGroup)
                {
                    return null;
                }
            }
        }

        return group;
    }
}
