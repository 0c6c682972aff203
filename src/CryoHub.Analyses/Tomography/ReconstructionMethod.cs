using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Tomography;

/// <summary>How a tomogram is reconstructed.</summary>
public enum ReconstructionMethod
{
    /// <summary>Weighted back-projection.</summary>
    [Display(Name = "Weighted back-projection")]
    Wbp,

    /// <summary>Simultaneous iterative reconstruction (Gilbert 1972).</summary>
    [Display(Name = "SIRT")]
    Sirt,

    /// <summary>Conjugate gradients for least squares.</summary>
    [Display(Name = "CGLS")]
    Cgls,

    /// <summary>SIRT steps and steps down the total variation in turns (Sidky and Pan 2008).</summary>
    [Display(Name = "Total variation")]
    Tv,

    /// <summary>Discrete reconstruction from few known grey levels (Batenburg and Sijbers 2011).</summary>
    [Display(Name = "DART")]
    Dart,
}
