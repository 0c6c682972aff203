using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.Peaks;
using CryoHub.Analyses.Edx.XRays;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Edx.Fit;

/// <summary>The spectrum of a region fitted with the lines of named or found elements.</summary>
internal static class ElementFit
{
    private const double Sigmas = 8, LeastSigmas = 5;   // as in edx-peaks

    /// <exception cref="ProblemException">No element has a line in range, or there are fewer counts than unknowns.</exception>
    public static SpectrumFit Of(EdxInput input, IReadOnlyList<string> symbols)
    {
        var named = ElementNames.Parse(symbols);
        var finder = new ElementFinder(input.Model, input.Table, input.BeamEv, LeastSigmas);
        var found = named.Length > 0
            ? finder.Find([], named)
            : finder.Find([.. Enumerable.Range(5, XRayTable.LastZ - 4).Where(Candidate.IsLookedFor)], []);
        Candidate[] chosen = [.. found.Selection.Chosen.Where(candidate => named.Contains(candidate.Z) || candidate.Z == 0 || found.Selection.Gain(candidate) * candidate.Prior >= Sigmas * Sigmas)];
        SpectrumPart[] parts = [.. chosen.SelectMany(candidate => candidate.Columns).Select(column => found.Parts[column]).OrderBy(part => part.Family?.Z ?? int.MaxValue)];
        var missing = named.Where(z => parts.All(part => part.Family?.Z != z)).ToArray();
        if (missing.Length > 0 || parts.All(part => part.Family is null))
        {
            var who = missing.Length > 0 ? $"{string.Join(", ", missing.Select(ElementNames.Symbol))} has" : "No element that stands out has";
            throw ProblemException.Invalid(FormattableString.Invariant($"{who} a line from {input.Model.Data.LowEv:0} to {input.Model.Data.HighEv:0} eV that {input.BeamEv / 1e3:0.#} keV can excite; name elements that have one."));
        }

        var unknowns = parts.Length + input.Model.Shapes;
        if (input.Model.Data.Total < unknowns)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"{input.Model.Data.Total:0} counts cannot decide {unknowns} unknowns ({parts.Length} families of lines, {input.Model.Shapes} of the background): take a larger region or fewer elements."));
        }

        var fit = input.Model.Fit(parts, found.Peaks);
        SpectrumPart[] seen = [.. parts.Where((_, part) => fit.Counts[part] > 0)];
        return named.Length > 0 || seen.Length == parts.Length ? fit : input.Model.Fit(seen, found.Peaks);   // nobody asked for the others, and they would only add noise to pixels
    }
}
