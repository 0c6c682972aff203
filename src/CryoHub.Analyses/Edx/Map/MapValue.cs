using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Edx.Map;

/// <summary>What the maps of elements show.</summary>
public enum MapValue
{
    /// <summary>Net counts of the fitted family.</summary>
    [Display(Name = "Net counts")]
    Net,

    /// <summary>All counts in a window around the main line.</summary>
    [Display(Name = "Raw counts")]
    Raw,

    /// <summary>Atomic percent by calculated k-factors.</summary>
    [Display(Name = "Atomic percent")]
    Atoms,
}
