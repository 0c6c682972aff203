using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>What the principal components are made into.</summary>
public enum DecomposeMethod
{
    /// <summary>Nothing: orthogonal components, ordered by what they explain.</summary>
    [Display(Name = "Principal components")]
    Principal,

    /// <summary>Spectra and amounts that are not negative.</summary>
    [Display(Name = "Non-negative factors (NMF)")]
    NonNegative,

    /// <summary>Spectra that are as independent of each other as possible.</summary>
    [Display(Name = "Independent components (ICA)")]
    Independent,

    /// <summary>Pixels with spectra alike.</summary>
    [Display(Name = "Clusters (k-means)")]
    Clusters,
}
