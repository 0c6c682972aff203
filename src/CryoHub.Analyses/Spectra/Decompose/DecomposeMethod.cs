using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>What the principal components are made into.</summary>
public enum DecomposeMethod
{
    /// <summary>Nothing.</summary>
    [Display(Name = "Principal components")]
    Principal,
}
