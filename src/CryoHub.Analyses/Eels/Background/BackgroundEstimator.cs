using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>How a power law or an exponential is fitted.</summary>
public enum BackgroundEstimator
{
    /// <summary>Greatest Poisson likelihood: unbiased down to a few counts a channel.</summary>
    [Display(Name = "Maximum likelihood")]
    MaximumLikelihood,

    /// <summary>Straight line through the logarithms of the counts.</summary>
    [Display(Name = "Least squares in logarithms")]
    LogLeastSquares,

    /// <summary>Unweighted least squares of the counts.</summary>
    [Display(Name = "Least squares of counts")]
    LeastSquares,

    /// <summary>Closed form from the areas of the window's two halves (Egerton).</summary>
    [Display(Name = "Two areas (closed form)")]
    TwoAreas,
}
