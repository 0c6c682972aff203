using CryoHub.Analyses.Edx.Model;

namespace CryoHub.Analyses.Edx.Fit;

/// <summary>Net counts of the region as numbers and as a table.</summary>
internal static class FitTable
{
    public static void Add(EdxInput input, SpectrumFit fit)
    {
        var results = input.Results;
        int[] families = [.. Enumerable.Range(0, fit.Parts.Count).Where(part => fit.Parts[part].Family is not null)];
        foreach (var part in families)
        {
            results.Number($"{fit.Parts[part].Name}: net counts", fit.Counts[part], "counts", fit.Error(part));
        }

        results.Table("Net counts", [
            new Column("Family", "", [.. families.Select(part => (object)fit.Parts[part].Name)]),
            new Column("Main line", "eV", [.. families.Select(part => (object)fit.Parts[part].MainEv)]),
            new Column("Net counts", "counts", [.. families.Select(part => (object)fit.Counts[part])]),
            new Column("Uncertainty", "counts", [.. families.Select(part => (object)fit.Error(part))]),
            new Column("Counts of the main line", "counts", [.. families.Select(part => (object)(fit.Counts[part] * fit.Parts[part].MainShare))]),
        ]);
        results.Number("Resolution at Mn Kα (FWHM)", fit.Peaks.FwhmMn, "eV");
        results.Number("Shift of the energy scale", fit.Peaks.ShiftEv, "eV");
        results.Number("Stretch of the energy scale", 100 * fit.Peaks.Stretch, "%");
        results.Number("Chi-squared per degree of freedom", fit.Misfit, "");
    }
}
