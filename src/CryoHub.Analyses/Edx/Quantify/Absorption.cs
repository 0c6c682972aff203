using CryoHub.Analyses.Edx.XRays;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>How many photons of each line a specimen of a composition keeps to itself on the way to the detector.</summary>
internal sealed class Absorption
{
    private readonly double[] attenuation;   // [line, element], cm^2/g
    private readonly double[] densities;
    private readonly double cosecant;
    private readonly double? thicknessCm;
    private readonly double? density;
    private readonly int count;

    public Absorption(QuantifiedLine[] lines, double takeOffDeg, double? thicknessNm, double? density)
    {
        count = lines.Length;
        attenuation = [.. lines.SelectMany(line => lines.Select(element => Xraylib.Attenuation(element.Family.Z, line.Family.Main.EnergyEv / 1e3)))];
        densities = [.. lines.Select(line => Xraylib.Density(line.Family.Z))];
        cosecant = 1 / Math.Sin(takeOffDeg * Math.PI / 180);
        (thicknessCm, this.density) = (thicknessNm * 1e-7, density);
    }

    /// <summary>Mass thickness, g/cm^2, by the given thickness; <c>null</c> where none is given.</summary>
    public double? MassThickness(ReadOnlySpan<double> masses)
    {
        if (thicknessCm is not { } thickness)
        {
            return null;
        }

        var volume = 0.0;
        for (var i = 0; i < count; i++)
        {
            volume += masses[i] / densities[i];
        }

        return thickness * (density ?? (1 / volume));
    }

    /// <summary>
    /// x / (1 - exp(-x)) for each line, x = mass attenuation of the mixture times mass thickness times cosecant of the take-off angle: photons made for one that leaves, where
    /// they are made evenly through the depth.
    /// </summary>
    public void Factors(ReadOnlySpan<double> masses, double massThickness, Span<double> factors)
    {
        for (var line = 0; line < count; line++)
        {
            var mixture = 0.0;
            for (var element = 0; element < count; element++)
            {
                mixture += attenuation[(line * count) + element] * Math.Max(0, masses[element]);
            }

            var x = mixture * massThickness * cosecant;
            factors[line] = x < 1e-6 ? 1 + (x / 2) : x / (1 - Math.Exp(-x));
        }
    }
}
