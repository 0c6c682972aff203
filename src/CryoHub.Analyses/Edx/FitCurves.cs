using CryoHub.Analyses.Edx.Model;

namespace CryoHub.Analyses.Edx;

/// <summary>A spectrum with its fit, drawn over each other.</summary>
internal static class FitCurves
{
    public static void Add(EdxInput input, SpectrumFit fit)
    {
        var data = input.Model.Data;
        double[] energies = [.. Enumerable.Range(0, data.Count).Select(i => data.At(i))];
        input.Results.Curve("Spectrum", energies, data.Counts, "eV", "counts", [.. data.Counts.Select(count => Math.Sqrt(Math.Max(count, 1)))]);
        input.Results.Curve("Model", energies, fit.Model, "eV", "counts");
        input.Results.Curve("Bremsstrahlung", energies, fit.Background, "eV", "counts");
        input.Results.Curve("Residual", energies, [.. data.Counts.Zip(fit.Model, (count, model) => (count - model) / Math.Sqrt(Math.Max(model, 1)))], "eV", "sigma");
    }
}
