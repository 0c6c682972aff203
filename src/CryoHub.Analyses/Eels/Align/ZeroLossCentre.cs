using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Align;

/// <summary>What counts as the position of the zero-loss peak.</summary>
public enum ZeroLossCentre
{
    /// <summary>Centre of the Gaussian of greatest likelihood in the upper part of the peak.</summary>
    [Display(Name = "Gaussian fit")]
    Gaussian,

    /// <summary>Centre of mass within the peak's full width to both sides.</summary>
    [Display(Name = "Centre of mass")]
    CentreOfMass,

    /// <summary>The highest channel.</summary>
    [Display(Name = "Highest channel")]
    HighestChannel,
}
