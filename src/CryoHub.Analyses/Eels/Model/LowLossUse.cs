using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>With which low loss the edges are convolved.</summary>
public enum LowLossUse
{
    /// <summary>The mean of all pixels: fast; right where the thickness hardly changes.</summary>
    [Display(Name = "Mean of all pixels")]
    Mean,

    /// <summary>That of each pixel.</summary>
    [Display(Name = "Each pixel's own")]
    EachPixel,
}
