using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;

namespace CryoHub.Analyses.Eels;

/// <summary>Inelastic mean free paths in nm for the electrons that a spectrometer takes in.</summary>
internal static class MeanFreePath
{
    /// <summary>
    /// 106 F (E0 / Em) / ln(2 beta E0 / Em) with Em = 7.6 Z^0.36 eV (Malis, Cheng and Egerton, J. Electron Microsc. Tech. 8 (1988) 193): claimed to 20 %, for beta well below
    /// the Bethe ridge.
    /// </summary>
    public static double Malis(EelsConditions conditions, double effectiveZ)
    {
        var meanLoss = 7.6 * Math.Pow(effectiveZ, 0.36);
        var ratio = conditions.BeamEnergyKeV / meanLoss;
        return 106 * conditions.RelativisticFactor * ratio / Math.Log(2 * conditions.CollectionMrad * ratio);
    }

    /// <summary>
    /// 1 / lambda = 11 rho^0.3 / (200 F E0) ln{ (a^2 + b^2 + 2 tE^2 + |a^2 - b^2|) / (a^2 + b^2 + 2 tC^2 + |a^2 - b^2|) tC^2 / tE^2 }, tE = 5.5 rho^0.3 / (F E0) mrad, tC = 20 mrad
    /// (Iakoubovskii, Mitsuishi, Nakayama and Furuya, Microsc. Res. Tech. 71 (2008) 626, eq. 9); rho in g/cm^3.
    /// </summary>
    public static double Iakoubovskii(EelsConditions conditions, double density)
    {
        const double cutOff = 20;
        var energy = conditions.HalfMv2KeV;
        var (a, b) = (Math.Pow(conditions.ConvergenceMrad, 2), Math.Pow(conditions.CollectionMrad, 2));
        var (inner, outer) = (Math.Pow(5.5 * Math.Pow(density, 0.3) / energy, 2), cutOff * cutOff);
        var angles = a + b + Math.Abs(a - b);
        return 200 * energy / (11 * Math.Pow(density, 0.3)) / Math.Log((angles + (2 * inner)) / (angles + (2 * outer)) * outer / inner);
    }

    /// <summary>Sum f Z^1.3 / sum f Z^0.3 over the atoms of a formula such as <c>Li2CO3</c> (Egerton 2011, eq. 5.4).</summary>
    /// <exception cref="ProblemException">It is no chemical formula.</exception>
    public static double EffectiveZ(string formula)
    {
        var (upper, lower, at) = (0.0, 0.0, 0);
        while (at < formula.Length)
        {
            var length = at + 1 < formula.Length && char.IsAsciiLetterLower(formula[at + 1]) ? 2 : 1;
            var symbol = formula.Substring(at, length);
            var z = Enumerable.Range(1, 118).FirstOrDefault(number => ChemicalSymbols.Of(number) == symbol);
            at += length;
            var digits = at;
            while (at < formula.Length && (char.IsAsciiDigit(formula[at]) || formula[at] == '.'))
            {
                at++;
            }

            var count = 1.0;
            if (z == 0 || (at > digits && !double.TryParse(formula.AsSpan(digits, at - digits), System.Globalization.CultureInfo.InvariantCulture, out count)) || !(count > 0))
            {
                throw ProblemException.Invalid($"\"{formula}\" is no chemical formula at \"{symbol}\": symbols and numbers were expected, for instance Li2CO3.");
            }

            upper += count * Math.Pow(z, 1.3);
            lower += count * Math.Pow(z, 0.3);
        }

        return upper / lower;
    }
}
