using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Spectra;

/// <summary>How the power law is found in the pre-edge window.</summary>
public enum PowerLawFit
{
    /// <summary>Closed form from the areas of the window's two halves (Egerton).</summary>
    [Display(Name = "Two areas (closed form)")]
    TwoAreas,

    /// <summary>Straight line through ln(counts) over ln(energy).</summary>
    [Display(Name = "Least squares in logarithms")]
    LeastSquares,
}
