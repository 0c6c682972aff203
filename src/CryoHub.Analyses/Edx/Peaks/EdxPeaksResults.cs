using System.Globalization;
using CryoHub.Analyses.Edx.Model;

namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>Puts a search into words, tables and curves.</summary>
internal sealed class EdxPeaksResults
{
    private const double OverlapFwhm = 1.2, OverlapShare = 0.1;   // another part's line so near, and so strong against the line itself
    private const double NearlyAsWell = 0.8;
    private const double LeastShare = 0.004;                      // of a family's counts, for a line of its own in the table
    private const double UnexplainedSigmas = 6;

    private const string Found = "found", Instrument = "instrument", Possible = "possible";

    private readonly EdxInput input;
    private readonly FoundSpectrum found;
    private readonly SpectrumFit fit;
    private readonly double threshold;
    private readonly (Candidate Candidate, double Score, int[] Parts)[] elements;

    public EdxPeaksResults(EdxInput input, FoundSpectrum found, double threshold)
    {
        (this.input, this.found, this.threshold) = (input, found, threshold);
        fit = input.Model.Fit(found.ChosenParts, found.Peaks);
        var place = 0;
        elements = [.. found.Selection.Chosen.Select(candidate =>
        {
            int[] parts = [.. Enumerable.Range(place, candidate.Columns.Length)];
            place += parts.Length;
            return (candidate, Math.Sqrt(Math.Max(0, found.Selection.Gain(candidate) * Math.Min(1, candidate.Prior))), parts);
        }).OrderByDescending(element => element.Item2)];
    }

    public void Add()
    {
        Scale();
        Elements();
        Lines();
        FitCurves.Add(input, fit);
        Unexplained();
    }

    private void Scale()
    {
        var (results, peaks) = (input.Results, fit.Peaks);
        results.Number("Counts fitted", input.Model.Data.Total, "counts", Math.Sqrt(input.Model.Data.Total));
        results.Number("Shift of the energy scale", peaks.ShiftEv, "eV");
        results.Number("Stretch of the energy scale", 100 * peaks.Stretch, "%");
        results.Number("Resolution at Mn Kα (FWHM)", peaks.FwhmMn, "eV");
        results.Number("Chi-squared per degree of freedom", fit.Misfit, "");
        if (Math.Abs(peaks.ShiftEv) > 20 || Math.Abs(peaks.Stretch) > 0.004)
        {
            results.Warn(string.Create(CultureInfo.InvariantCulture, $"The lines stand {peaks.ShiftEv:+0.0;-0.0} eV and {100 * peaks.Stretch:+0.00;-0.00} % off the file's energy scale: calibrate the detector."));
        }
    }

    private void Elements()
    {
        var rows = elements.Where(element => element.Candidate.Z > 0).ToArray();
        string[] symbols = [.. rows.Select(row => ElementNames.Symbol(row.Candidate.Z))];
        var table = new List<(string Symbol, string Families, double Counts, double Error, double Score, string Remark)>();
        foreach (var (row, symbol) in rows.Zip(symbols))
        {
            var counts = row.Parts.Sum(part => fit.Counts[part]);
            var error = Math.Sqrt(Math.Max(0, row.Parts.Sum(a => row.Parts.Sum(b => fit.Covariance[a, b]))));
            var seen = row.Parts.Where(part => fit.Counts[part] > 0).Select(part => fit.Parts[part].Family!.Shell);
            table.Add((symbol, string.Join(", ", seen), counts, error, row.Score, Remark(row.Candidate, row.Parts, symbol, counts, symbols)));
        }

        var byStatus = rows.Select(StatusOf).Zip(table).ToLookup(pair => pair.First, pair => pair.Second);
        Table("Elements", [.. byStatus[Found]]);
        Table("Instrument", [.. byStatus[Instrument]]);
        Table("Possible", [.. byStatus[Possible]]);
        if (!byStatus.Contains(Found) && !byStatus.Contains(Instrument))
        {
            input.Results.Warn(FormattableString.Invariant($"No line stands out of the {input.Model.Data.Total:0} counts by {threshold:0.#} standard deviations."));
        }
    }

    private string StatusOf((Candidate Candidate, double Score, int[] Parts) element)
    {
        if (element.Candidate.Z == 0)
        {
            return "sum peak";
        }

        var share = element.Parts.Sum(part => fit.Counts[part]) / input.Model.Data.Total;
        return element.Score < threshold ? Possible : Artefacts.IsInstrument(ElementNames.Symbol(element.Candidate.Z), share, input.BeamEv / 1e3) ? Instrument : Found;
    }

    private void Table(string name, (string Symbol, string Families, double Counts, double Error, double Score, string Remark)[] table)
    {
        if (table.Length == 0 && name != "Elements")
        {
            return;
        }

        input.Results.Table(name, [
            new Column("Element", "", [.. table.Select(row => (object)row.Symbol)]),
            new Column("Families", "", [.. table.Select(row => (object)row.Families)]),
            new Column("Net counts", "counts", [.. table.Select(row => (object)row.Counts)]),
            new Column("Uncertainty", "counts", [.. table.Select(row => (object)row.Error)]),
            new Column("Score", "sigma", [.. table.Select(row => (object)row.Score)]),
            new Column("Remark", "", [.. table.Select(row => (object)row.Remark)]),
        ]);
    }

    private string Remark(Candidate candidate, int[] parts, string symbol, double counts, string[] found)
    {
        var remarks = new List<string>();
        if (Artefacts.Of(symbol, counts / input.Model.Data.Total, input.BeamEv / 1e3, found) is { } origin)
        {
            remarks.Add($"may come from {origin}");
        }

        var main = fit.Parts[parts.MaxBy(part => fit.Counts[part])];
        var near = this.found.Candidates.Where(other => other.Z > 0 && this.found.Selection.Chosen.All(chosen => chosen.Z != other.Z) &&
            other.Columns.Any(column => Math.Abs(this.found.Parts[column].MainEv - main.MainEv) < fit.Peaks.Fwhm(main.MainEv)));
        string[] instead = [.. this.found.Selection.Instead(candidate, near, NearlyAsWell).Select(other => ElementNames.Symbol(other.Z))];
        if (instead.Length > 0)
        {
            remarks.Add($"{string.Join(", ", instead)} would explain the peak nearly as well");
        }

        return string.Join("; ", remarks);
    }

    private void Lines()
    {
        var rows = new List<(string Name, double Ev, double Counts, double Error, string Note, string Status)>();
        for (var p = 0; p < fit.Parts.Count; p++)
        {
            var status = StatusOf(elements.First(element => element.Parts.Contains(p)));
            foreach (var line in fit.Parts[p].Lines.Where(line => line.Weight >= LeastShare && fit.Counts[p] * line.Weight > Math.Max(1, fit.Error(p) * line.Weight)))
            {
                var (counts, ev) = (fit.Counts[p] * line.Weight, line.EnergyEv);
                if (ev > input.Model.Data.LowEv && ev < input.Model.Data.HighEv)
                {
                    var name = fit.Parts[p].Family is { } family ? $"{family.Symbol} {line.Name}" : $"sum of {fit.Parts[p].Name}";
                    rows.Add((name, fit.Peaks.At(ev), counts, fit.Error(p) * line.Weight, Overlaps(p, ev, counts), status));
                }
            }
        }

        rows.Sort((a, b) => a.Ev.CompareTo(b.Ev));
        input.Results.Table("Lines", [
            new Column("Line", "", [.. rows.Select(row => (object)row.Name)]),
            new Column("Energy", "eV", [.. rows.Select(row => (object)row.Ev)]),
            new Column("Counts", "counts", [.. rows.Select(row => (object)row.Counts)]),
            new Column("Uncertainty", "counts", [.. rows.Select(row => (object)row.Error)]),
            new Column("Status", "", [.. rows.Select(row => (object)row.Status)]),
            new Column("Overlaps with", "", [.. rows.Select(row => (object)row.Note)]),
        ]);
    }

    private string Overlaps(int part, double ev, double counts)
    {
        var near = new List<string>();
        for (var p = 0; p < fit.Parts.Count; p++)
        {
            foreach (var line in fit.Parts[p].Lines)
            {
                if (p != part && Math.Abs(line.EnergyEv - ev) < OverlapFwhm * fit.Peaks.Fwhm(ev) && line.Weight * fit.Counts[p] > OverlapShare * counts)
                {
                    near.Add(fit.Parts[p].Family is { } family ? $"{family.Symbol} {line.Name}" : fit.Parts[p].Name);
                }
            }
        }

        return string.Join(", ", near.Distinct());
    }

    /// <summary>What stands out of the residual by itself.</summary>
    private void Unexplained()
    {
        var data = input.Model.Data;
        var score = new double[data.Count];
        for (var i = 0; i < data.Count; i++)
        {
            var sigma = fit.Peaks.Sigma(data.At(i)) / data.Step;
            var reach = (int)Math.Ceiling(2 * sigma);
            var (signal, noise) = (0.0, 0.0);
            for (var j = Math.Max(0, i - reach); j <= Math.Min(data.Count - 1, i + reach); j++)
            {
                var weight = Math.Exp(-0.5 * (j - i) * (j - i) / (sigma * sigma)) / found.Variance[j];
                signal += weight * (data.Counts[j] - fit.Model[j]);
                noise += weight * weight * found.Variance[j];
            }

            score[i] = signal / Math.Sqrt(noise);
        }

        int[] peaks = [.. Enumerable.Range(1, data.Count - 2).Where(i => score[i] > UnexplainedSigmas && score[i] >= score[i - 1] && score[i] > score[i + 1])];
        if (peaks.Length > 0)
        {
            input.Results.Table("Unexplained", [
                new Column("Energy", "eV", [.. peaks.Select(i => (object)data.At(i))]),
                new Column("Score", "sigma", [.. peaks.Select(i => (object)score[i])]),
            ]);
            input.Results.Warn($"No element was found for what stands out at {string.Join(", ", peaks.Select(i => data.At(i).ToString("0", CultureInfo.InvariantCulture)))} eV.");
        }
    }
}
