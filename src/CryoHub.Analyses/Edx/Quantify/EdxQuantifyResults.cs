using CryoHub.Analyses.Edx.Fit;
using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>Puts compositions into numbers, tables, curves and maps.</summary>
internal sealed class EdxQuantifyResults(EdxInput input, SpectrumFit fit, QuantifiedLine[] lines, Absorption? absorption, double electrons)
{
    private const double StrongCorrection = 2;
    private const double ThinBeamEv = 60e3;
    private const double OxygenWeight = 15.999;

    /// <summary>Composition of the region; returns atomic fractions.</summary>
    public double[] Region(EdxQuantifyParameters parameters)
    {
        var n = lines.Length;
        var pixels = (double)input.Region.Width * input.Region.Height;
        var composition = new Composition(lines, absorption, electrons * pixels);
        double[] counts = [.. lines.Select(line => fit.Counts[line.Part])];
        var covariance = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                covariance[(i * n) + j] = fit.Covariance[lines[i].Part, lines[j].Part];
            }
        }

        var (atoms, errors) = (new double[n], new double[n]);
        if (!composition.Solve(counts, covariance, atoms, errors))
        {
            input.Results.Warn("The composition of the region could not be found: the counts add up to nothing, or the absorption correction does not settle. Check thickness, density and take-off angle.");
        }

        var masses = composition.Masses.ToArray();
        for (var i = 0; i < n; i++)
        {
            input.Results.Number($"{lines[i].Family.Symbol}", 100 * atoms[i], "at%", 100 * errors[i]);
        }

        var corrections = composition.Corrections.ToArray();
        input.Results.Table("Composition", [
            new Column("Element", "", [.. lines.Select(line => (object)line.Family.Symbol)]),
            new Column("Atoms", "at%", [.. atoms.Select(share => (object)(100 * share))]),
            new Column("Uncertainty", "at%", [.. errors.Select(error => (object)(100 * error))]),
            new Column("Mass", "wt%", [.. masses.Select(share => (object)(100 * share))]),
            new Column("Mass uncertainty", "wt%", [.. masses.Zip(atoms, errors).Select(row => (object)(100 * row.First * row.Third / row.Second))]),
            new Column("Line", "", [.. lines.Select(line => (object)line.Family.Name)]),
            new Column("Counts of the main line", "counts", [.. lines.Select(line => (object)(fit.Counts[line.Part] * line.Share))]),
            new Column(electrons > 0 ? "Zeta factor" : "k-factor", electrons > 0 ? "kg/m2" : "", [.. lines.Select(line => (object)line.Factor)]),
            new Column("Absorption correction", "", [.. corrections.Select(factor => (object)factor)]),
        ]);
        Oxides(atoms, errors);
        if (electrons > 0)
        {
            input.Results.Number("Mass thickness", composition.MassThickness * 1e6, "mg/m2", composition.MassThickness * 1e6 * Relative(counts, covariance));
        }

        Warn(parameters, corrections);
        return atoms;
    }

    /// <summary>Maps of every element, with their uncertainties.</summary>
    public async Task MapsAsync(CompositionMaps maps, EdxQuantifyParameters parameters, CancellationToken ct)
    {
        var pictures = new PixelMaps(input.Results, input.Cube.Header);
        for (var i = 0; i < lines.Length; i++)
        {
            await pictures.AddAsync($"{lines[i].Family.Symbol} at%", maps.Atoms[i], "at%", maps.Errors[i], ct);
        }

        if (electrons > 0)
        {
            await pictures.AddAsync("Mass thickness map", [.. maps.MassThickness.Select(thickness => thickness * 1e6f)], "mg/m2", null, ct);
        }

        var missing = maps.Atoms[0].Count(float.IsNaN);
        if (missing > 0)
        {
            input.Results.Warn(FormattableString.Invariant(
                $"{missing} of {maps.Atoms[0].Length} pixels have no composition: fewer than {parameters.LeastCounts:0.#} net counts in a box of {parameters.Box} x {parameters.Box} px. Larger boxes leave fewer gaps."));
        }
    }

    /// <summary>Composition along a line: counts of a stripe are added up before they are quantified.</summary>
    public void Profile(FamilyMaps maps, int[] bins)
    {
        var length = bins.Max() + 1;
        var n = lines.Length;
        var (counts, variances, pixels) = (new double[length, n], new double[length, n], new int[length]);
        for (var pixel = 0; pixel < bins.Length; pixel++)
        {
            if (bins[pixel] < 0 || !(maps.Totals[pixel] > 0))
            {
                continue;
            }

            pixels[bins[pixel]]++;
            for (var i = 0; i < n; i++)
            {
                counts[bins[pixel], i] += maps.Counts[lines[i].Part][pixel];
                variances[bins[pixel], i] += maps.Variances[lines[i].Part][pixel];
            }
        }

        var axis = input.Cube.Header.Axes[1];
        double[] positions = [.. Enumerable.Range(0, length).Select(bin => axis.IsCalibrated ? bin * axis.Step : bin)];
        var (atoms, errors) = (new double[n][], new double[n][]);
        for (var i = 0; i < n; i++)
        {
            (atoms[i], errors[i]) = (new double[length], new double[length]);
        }

        var (net, variance, shares, sigmas) = (new double[n], new double[n], new double[n], new double[n]);
        for (var bin = 0; bin < length; bin++)
        {
            for (var i = 0; i < n; i++)
            {
                (net[i], variance[i]) = (counts[bin, i], variances[bin, i]);
            }

            new Composition(lines, absorption, electrons * Math.Max(1, pixels[bin])).Solve(net, variance, shares, sigmas);
            for (var i = 0; i < n; i++)
            {
                (atoms[i][bin], errors[i][bin]) = (100 * shares[i], 100 * sigmas[i]);
            }
        }

        for (var i = 0; i < n; i++)
        {
            input.Results.Curve($"{lines[i].Family.Symbol} along the line", positions, atoms[i], axis.IsCalibrated ? axis.Unit : "px", "at%", errors[i]);
        }
    }

    private void Oxides(double[] atoms, double[] errors)
    {
        var rows = lines.Select((line, i) => (Line: line, Atoms: atoms[i], Error: errors[i], Oxide: Oxide.Of(line.Family.Symbol))).Where(row => row.Oxide is not null && row.Atoms > 0).ToArray();
        var oxygen = Array.FindIndex(lines, line => line.Family.Symbol == "O");
        if (rows.Length == 0 || oxygen < 0)
        {
            return;
        }

        double[] masses = [.. rows.Select(row => row.Atoms * (row.Line.AtomicWeight + (row.Oxide!.Value.Oxygens * OxygenWeight)))];
        var total = masses.Sum();
        var needed = rows.Sum(row => row.Atoms * row.Oxide!.Value.Oxygens);
        input.Results.Table("Oxides", [
            new Column("Oxide", "", [.. rows.Select(row => (object)row.Oxide!.Value.Formula)]),
            new Column("Mass", "wt%", [.. masses.Select(mass => (object)(100 * mass / total))]),
            new Column("Uncertainty", "wt%", [.. rows.Zip(masses).Select(pair => (object)(100 * pair.Second / total * pair.First.Error / pair.First.Atoms))]),
        ]);
        input.Results.Number("Oxygen measured for one that the oxides need", atoms[oxygen] / needed, "", errors[oxygen] / needed);
    }

    private double Relative(double[] counts, double[] covariance)
    {
        var (sum, variance) = (0.0, 0.0);
        for (var i = 0; i < lines.Length; i++)
        {
            sum += lines[i].Mass * counts[i];
            for (var j = 0; j < lines.Length; j++)
            {
                variance += lines[i].Mass * lines[j].Mass * covariance[(i * lines.Length) + j];
            }
        }

        return Math.Sqrt(Math.Max(0, variance)) / sum;
    }

    private void Warn(EdxQuantifyParameters parameters, double[] corrections)
    {
        var results = input.Results;
        if (lines.Any(line => !line.IsGiven))
        {
            results.Warn($"The factors of {string.Join(", ", lines.Where(line => !line.IsGiven).Select(line => line.Family.Name))} are calculated: good to about 10 % between K lines above 1 keV, 20 % with L and M lines; below 1 keV they hang on the detector's window.");
        }

        if (input.BeamEv < ThinBeamEv)
        {
            results.Warn(FormattableString.Invariant($"At {input.BeamEv / 1e3:0.#} keV electrons stop in most specimens: these are the formulas of thin films, which a bulk specimen does not obey."));
        }

        if (absorption is null)
        {
            var soft = lines.Where(line => line.Family.Main.EnergyEv < 1000).Select(line => line.Family.Name).ToArray();
            if (soft.Length > 0)
            {
                results.Warn($"Absorption is not corrected, which matters for {string.Join(", ", soft)}: give the thickness.");
            }
        }
        else if (corrections.Any(factor => factor > StrongCorrection))
        {
            results.Warn(FormattableString.Invariant($"Absorption is strong (corrected by up to {corrections.Max():0.#} times): the result depends on thickness, density and take-off angle ({parameters.TakeOffDeg:0.#} deg)."));
        }
    }
}
