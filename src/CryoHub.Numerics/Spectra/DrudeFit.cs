namespace CryoHub.Numerics.Spectra;

/// <summary>
/// The loss function of free electrons fitted to a plasmon peak: m(E) = A E G Ep^2 / ((E^2 - Ep^2)^2 + (E G)^2), Ep the plasmon energy and G its width (Egerton 2011, eq. 3.43), by greatest Poisson
/// likelihood (Fisher scoring with damping). NaN where it does not converge.
/// </summary>
/// <param name="Amplitude">A, in counts times eV a channel.</param>
/// <param name="Energy">Ep in eV.</param>
/// <param name="Width">G in eV.</param>
/// <param name="EnergyError">One sigma of Ep for counted electrons.</param>
/// <param name="WidthError">One sigma of G for counted electrons.</param>
/// <param name="Misfit">Reduced chi-squared for counted electrons.</param>
public readonly record struct DrudeFit(double Amplitude, double Energy, double Width, double EnergyError, double WidthError, double Misfit)
{
    private const int MostSteps = 60;

    /// <summary>No fit.</summary>
    public static DrudeFit None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Energy of the maximum, a little below Ep: 3 E^4 - 2 q E^2 - Ep^4 = 0 with q = Ep^2 - G^2 / 2.</summary>
    public double Maximum
    {
        get
        {
            var q = (Energy * Energy) - (Width * Width / 2);
            return Math.Sqrt((q + Math.Sqrt((q * q) + (3 * Math.Pow(Energy, 4)))) / 3);
        }
    }

    /// <summary>The function at an energy, with A = 1.</summary>
    public static double At(double energy, double plasmon, double width)
    {
        var difference = (energy * energy) - (plasmon * plasmon);
        return energy * width * plasmon * plasmon / ((difference * difference) + (energy * energy * width * width));
    }

    /// <summary>Fits <paramref name="counts"/> in channels <paramref name="step"/> eV wide whose first middle is at <paramref name="first"/> &gt; 0.</summary>
    public static DrudeFit Of(ReadOnlySpan<float> counts, double first, double step, double startEnergy, double startWidth)
    {
        var (top, total) = (0.0, 0.0);
        foreach (var count in counts)
        {
            (top, total) = (Math.Max(top, count), total + count);
        }

        if (!(total > 0) || !double.IsFinite(total) || counts.Length < 4)
        {
            return None;
        }

        var (a, e, g) = (Math.Log(top * startWidth), startEnergy, Math.Log(startWidth)); // at the maximum m = A / G
        var (damping, likelihood) = (1e-3, Likelihood(counts, first, step, a, e, g));
        for (var iteration = 0; iteration < MostSteps; iteration++)
        {
            var n = Normal(counts, first, step, a, e, g);
            if (!n.Solve(damping, out var da, out var de, out var dg))
            {
                return None;
            }

            var next = Likelihood(counts, first, step, a + da, e + de, g + dg);
            var small = Math.Abs(da) + Math.Abs(de / e) + Math.Abs(dg) < 1e-8;
            if (next >= likelihood || small)
            {
                (a, e, g, likelihood, damping) = (a + da, e + de, g + dg, next, damping / 10);
                if (small)
                {
                    return Result(counts, first, step, a, e, g);
                }
            }
            else if ((damping *= 10) > 1e10)
            {
                return None;
            }
        }

        return None;
    }

    private static DrudeFit Result(ReadOnlySpan<float> counts, double first, double step, double a, double e, double g)
    {
        var (amplitude, width, squares) = (Math.Exp(a), Math.Exp(g), 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            var model = amplitude * At(first + (i * step), e, width);
            squares += (counts[i] - model) * (counts[i] - model) / Math.Max(model, 1);
        }

        var (varE, varG) = Normal(counts, first, step, a, e, g).Variances();
        var inside = e > first && e < first + (step * (counts.Length - 1));
        return inside && varE > 0 && varG > 0 ? new DrudeFit(amplitude, e, width, Math.Sqrt(varE), width * Math.Sqrt(varG), squares / (counts.Length - 3)) : None;
    }

    private static double Likelihood(ReadOnlySpan<float> counts, double first, double step, double a, double e, double g)
    {
        var (amplitude, width, sum) = (Math.Exp(a), Math.Exp(g), 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            var model = Math.Max(amplitude * At(first + (i * step), e, width), 1e-300);
            sum += (Math.Max(counts[i], 0) * Math.Log(model)) - model;
        }

        return double.IsFinite(sum) && e > 0 ? sum : double.NegativeInfinity;
    }

    private static Equations Normal(ReadOnlySpan<float> counts, double first, double step, double a, double e, double g)
    {
        var (amplitude, width, sums) = (Math.Exp(a), Math.Exp(g), default(Equations));
        for (var i = 0; i < counts.Length; i++)
        {
            var energy = first + (i * step);
            var difference = (energy * energy) - (e * e);
            var denominator = (difference * difference) + (energy * energy * width * width);
            var model = Math.Max(amplitude * energy * width * e * e / denominator, 1e-300);
            var byE = (2 / e) + (4 * e * difference / denominator);           // derivatives of ln m by Ep and ln G
            var byG = 1 - (2 * energy * energy * width * width / denominator);
            sums.Add(model, Math.Max(counts[i], 0) - model, byE, byG);
        }

        return sums;
    }

    /// <summary>Fisher matrix and gradient for ln A, Ep, ln G.</summary>
    private struct Equations
    {
        private double aa, ae, ag, ee, eg, gg, ra, re, rg;

        public void Add(double weight, double residual, double byE, double byG)
        {
            (aa, ae, ag) = (aa + weight, ae + (weight * byE), ag + (weight * byG));
            (ee, eg, gg) = (ee + (weight * byE * byE), eg + (weight * byE * byG), gg + (weight * byG * byG));
            (ra, re, rg) = (ra + residual, re + (residual * byE), rg + (residual * byG));
        }

        public readonly bool Solve(double damping, out double a, out double e, out double g)
        {
            var damped = this;
            (damped.aa, damped.ee, damped.gg) = (aa * (1 + damping), ee * (1 + damping), gg * (1 + damping));
            var d = damped.Determinant();
            a = ((damped.C00 * ra) + (damped.C01 * re) + (damped.C02 * rg)) / d;
            e = ((damped.C01 * ra) + (damped.C11 * re) + (damped.C12 * rg)) / d;
            g = ((damped.C02 * ra) + (damped.C12 * re) + (damped.C22 * rg)) / d;
            return double.IsFinite(a + e + g);
        }

        public readonly (double E, double G) Variances() => (C11 / Determinant(), C22 / Determinant());

        private readonly double C00 => (ee * gg) - (eg * eg);

        private readonly double C01 => (ag * eg) - (ae * gg);

        private readonly double C02 => (ae * eg) - (ag * ee);

        private readonly double C11 => (aa * gg) - (ag * ag);

        private readonly double C12 => (ae * ag) - (aa * eg);

        private readonly double C22 => (aa * ee) - (ae * ae);

        private readonly double Determinant() => (aa * C00) + (ae * C01) + (ag * C02);
    }
}
