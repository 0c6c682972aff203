using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>What the background before an edge looks like.</summary>
public enum BackgroundShape
{
    /// <summary>A E^-r.</summary>
    [Display(Name = "Power law")]
    PowerLaw,

    /// <summary>A exp(-E / E0): the tail of a plasmon.</summary>
    [Display(Name = "Exponential")]
    Exponential,

    /// <summary>A polynomial in E.</summary>
    [Display(Name = "Polynomial")]
    Polynomial,

    /// <summary>c1 E^-r1 + c2 E^-r2 with exponents common to all pixels and c1, c2 not negative.</summary>
    [Display(Name = "Two power laws (LCPL)")]
    TwoPowerLaws,
}
