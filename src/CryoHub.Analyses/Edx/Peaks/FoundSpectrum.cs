using CryoHub.Analyses.Edx.Model;

namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>What a search has chosen, among which parts, and at which energies they stand.</summary>
internal sealed record FoundSpectrum(Selection Selection, IReadOnlyList<SpectrumPart> Parts, IReadOnlyList<Candidate> Candidates, PeakScale Peaks, double[] Variance)
{
    /// <summary>The chosen columns.</summary>
    public SpectrumPart[] ChosenParts => [.. Selection.Chosen.SelectMany(candidate => candidate.Columns).Select(column => Parts[column])];
}
