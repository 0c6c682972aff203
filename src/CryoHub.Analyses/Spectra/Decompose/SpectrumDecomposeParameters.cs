using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>The form of <see cref="SpectrumDecompose"/>.</summary>
public sealed record SpectrumDecomposeParameters
{
    /// <summary>What the principal components are made into.</summary>
    [Display(Name = "Method", Description = "What the principal components are made into.")]
    public DecomposeMethod Method { get; init; }

    /// <summary>Components that are given, the mean spectrum being the first.</summary>
    [Display(Name = "Components", Description = "How many components (or clusters) are given, the mean spectrum being the first principal one; empty for as many as stand out of the noise."), Range(1, 50)]
    public int? Components { get; init; }

    /// <summary>Start of the energies.</summary>
    [Display(Name = "From", Description = "Start of the energies that are looked at; empty for all."), Unit("eV"), Range(-1e4, 1e6)]
    public double? From { get; init; }

    /// <summary>End of the energies.</summary>
    [Display(Name = "To", Description = "End of the energies that are looked at; empty for all."), Unit("eV"), Range(-1e4, 1e6)]
    public double? To { get; init; }

    /// <summary>What the spectra are measured by.</summary>
    [Display(Name = "Weights", Description = "Counting statistics for counted electrons or X-rays; equal for spectra that were processed before.")]
    public DecomposeWeights Weights { get; init; }

    /// <summary>Whether the sum of the components is written as a data set.</summary>
    [Display(Name = "Denoised signal", Description = "Writes the sum of the components given as a data set of its own.")]
    public bool Denoised { get; init; } = true;

    /// <summary>What independent components are independent in.</summary>
    [Display(Name = "Independent in", Description = "What independent components are to be independent in.", GroupName = "Advanced")]
    public IndependentSide IndependentIn { get; init; }

    /// <summary>Start of the random numbers.</summary>
    [Display(Name = "Seed", Description = "Start of the random numbers of independent components and clusters: the same seed gives the same result.", GroupName = "Advanced"), Range(0, int.MaxValue)]
    public int Seed { get; init; }

    /// <summary>Steps at most.</summary>
    [Display(Name = "Most rounds", Description = "Steps that non-negative factors, independent components and clusters may take.", GroupName = "Advanced"), Range(1, 100000)]
    public int MostRounds { get; init; } = 2000;
}
