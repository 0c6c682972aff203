using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Thickness;

/// <summary>What counts as unscattered.</summary>
public enum ElasticEstimate
{
    /// <summary>All counts below an energy.</summary>
    [Display(Name = "All counts below an energy")]
    Truncation,

    /// <summary>The peak is taken as symmetric: twice the counts of its gain side.</summary>
    [Display(Name = "Twice the gain side of the peak")]
    Mirror,
}
