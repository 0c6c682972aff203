namespace CryoHub.Imaging.Crystals;

/// <summary>Chemical symbols as they stand in type symbols and labels: <c>Fe3+</c>, <c>O2-</c>, <c>Li1A</c>, <c>OH</c>.</summary>
public static class ElementSymbol
{
    private static readonly HashSet<string> Known =
    [
        .. ("H D He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe "
            + "Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr "
            + "Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og").Split(' '),
    ];

    /// <summary>The element that the text begins with, two letters before one; empty where there is none.</summary>
    public static string Of(string text)
    {
        var letters = text.TrimStart().TakeWhile(char.IsAsciiLetter).Take(2).ToArray();
        for (var length = letters.Length; length > 0; length--)
        {
            var symbol = length == 2 ? $"{char.ToUpperInvariant(letters[0])}{char.ToLowerInvariant(letters[1])}" : $"{char.ToUpperInvariant(letters[0])}";
            if (Known.Contains(symbol))
            {
                return symbol;
            }
        }

        return "";
    }
}
