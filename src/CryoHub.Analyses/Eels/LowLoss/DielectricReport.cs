using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.LowLoss;

/// <summary>
/// Kramers-Kronig analysis of one spectrum: J1(E) = K Im(-1/eps) ln(1 + (beta / theta_E)^2), K = I0 t / (pi a0 m v^2) a eV (Egerton 2011, eq. 4.26 and 5.33), normalised by the refractive
/// index or the thickness.
/// </summary>
internal static class DielectricReport
{
    private const double BohrRadius = 0.0529177210903; // nm

    public static void Write(IResultSink results, SingleScattering single, EelsConditions conditions, EelsLowLossParameters parameters)
    {
        var n = single.Counts.Length;
        double[] energies = [.. Enumerable.Range(1, n).Select(i => i * single.Step)];
        double[] shape = [.. energies.Select((energy, i) => single.Counts[i] / single.Step / Math.Log(1 + Math.Pow(conditions.CollectionMrad / conditions.CharacteristicMrad(energy), 2)))];
        var area = energies.Select((energy, i) => shape[i] / energy).Sum() * single.Step;
        var rest = 2 * conditions.HalfMv2KeV * 1e3; // m v^2 in eV
        if (!(area > 0))
        {
            throw ProblemException.Invalid("The single scattering of the region sums to nothing: there is no loss function to analyse.");
        }

        var scale = parameters.Thickness is { } given ? Given(single, given, rest) : area * 2 / Math.PI / (1 - (parameters.RefractiveIndex is { } index ? 1 / (index * index) : 0));
        double[] loss = [.. shape.Select(value => value / scale)];
        var (real, imaginary) = (new double[n], new double[n]);
        KramersKronig.Dielectric(loss, single.Step, real, imaginary);
        results.Curve("Loss function Im(-1/eps)", energies, loss, "eV", "");
        results.Curve("eps1", energies, real, "eV", "");
        results.Curve("eps2", energies, imaginary, "eV", "");
        var counting = Math.Sqrt((1 / Math.Max(1, single.Counts.Sum())) + (double.IsNaN(single.ZeroLoss) ? 0 : 1 / single.ZeroLoss));
        if (parameters.Thickness is not null)
        {
            var inverse = 1 - (area / scale * 2 / Math.PI); // 1 / n^2
            results.Number("Refractive index (from the thickness)", inverse > 0 ? 1 / Math.Sqrt(inverse) : double.NaN, "", inverse > 0 ? counting * (1 - inverse) / (2 * Math.Pow(inverse, 1.5)) : null);
            if (inverse <= 0)
            {
                results.Warn("The loss function with this thickness holds more than a metal's: the thickness is too small, or the zero loss reaches into the losses. There is no refractive index.");
            }
        }
        else if (!double.IsNaN(single.ZeroLoss))
        {
            var thickness = scale * Math.PI * BohrRadius * rest / single.ZeroLoss;
            results.Number("Thickness (Kramers-Kronig)", thickness, "nm", thickness * counting);
        }

        SumRules(results, energies, loss, imaginary, single.Step);
    }

    private static double Given(SingleScattering single, double thickness, double rest) => double.IsNaN(single.ZeroLoss)
        ? throw ProblemException.Invalid("A thickness normalises by the counts of the zero loss, which was removed from these spectra: give the refractive index instead, or spectra with their zero loss.")
        : thickness * single.ZeroLoss / (Math.PI * BohrRadius * rest);

    /// <summary>Both functions must account for the same electrons; where they differ the range is too short or the normalisation wrong.</summary>
    private static void SumRules(IResultSink results, double[] energies, double[] loss, double[] imaginary, double step)
    {
        const double squarePerDensity = 1.37888; // eV^2 nm^3: (hbar omega_p)^2 = hbar^2 e^2 n / (eps0 m)
        var (fromLoss, fromImaginary) = (new double[loss.Length], new double[loss.Length]);
        KramersKronig.SumRule(loss, step, fromLoss);
        KramersKronig.SumRule(imaginary, step, fromImaginary);
        results.Curve("Electrons up to an energy, from Im(-1/eps)", energies, [.. fromLoss.Select(square => square / squarePerDensity)], "eV", "1/nm3");
        results.Curve("Electrons up to an energy, from eps2", energies, [.. fromImaginary.Select(square => square / squarePerDensity)], "eV", "1/nm3");
        results.Number("Electrons in the range, from Im(-1/eps)", fromLoss[^1] / squarePerDensity, "1/nm3");
        results.Number("Electrons in the range, from eps2", fromImaginary[^1] / squarePerDensity, "1/nm3");
        var ratio = fromImaginary[^1] / fromLoss[^1];
        results.Number("Sum-rule check (eps2 over Im(-1/eps), 1 expected)", ratio, "");
        if (Math.Abs(ratio - 1) > 0.1)
        {
            results.Warn(FormattableString.Invariant($"Both sum rules should count the same electrons; their ratio is {ratio:0.00}: the spectrum ends too early, its beginning is not single scattering, or the normalisation is wrong."));
        }
    }
}
