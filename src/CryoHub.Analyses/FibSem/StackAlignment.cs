using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.FibSem;

/// <summary>How the slices of a stack are put above each other.</summary>
public enum StackAlignment
{
    /// <summary>As they came.</summary>
    [Display(Name = "None")]
    None,

    /// <summary>Jumps between neighbours are undone, slow courses kept: what is slanted stays slanted.</summary>
    [Display(Name = "Jumps only")]
    Jumps,

    /// <summary>A fiducial that does not change with depth is held in place.</summary>
    [Display(Name = "Fiducial")]
    Fiducial,
}
