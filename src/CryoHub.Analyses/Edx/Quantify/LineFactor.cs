using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>The k-factor or zeta-factor of one family's main line.</summary>
public sealed record LineFactor
{
    /// <summary>Element and shell.</summary>
    [Required, Display(Name = "Line", Description = "Element and shell whose alpha line the factor is for, for instance Fe K.")]
    public string Line { get; init; } = "";

    /// <summary>The factor.</summary>
    [Required, Display(Name = "Factor", Description = "k-factor (mass fractions, any common scale) or zeta-factor in kg/m2."), Range(1e-12, 1e12)]
    public double Factor { get; init; }
}
