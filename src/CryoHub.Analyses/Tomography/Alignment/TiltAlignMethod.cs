using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>How a tilt series is aligned.</summary>
public enum TiltAlignMethod
{
    /// <summary>Neighbouring views, the steeper one stretched by the ratio of the cosines.</summary>
    [Display(Name = "Cross-correlation")]
    CrossCorrelation,

    /// <summary>Patches of the specimen followed from view to view, then the projection model.</summary>
    [Display(Name = "Patch tracking")]
    Patches,

    /// <summary>Gold beads found and followed, then the projection model.</summary>
    [Display(Name = "Gold beads")]
    Beads,

    /// <summary>Centre of mass across the axis, mass profile along it: isolated particles in dark-field STEM.</summary>
    [Display(Name = "Mass profile")]
    MassProfile,

    /// <summary>The transforms given as input, unchanged.</summary>
    [Display(Name = "Given transforms")]
    Given,
}
