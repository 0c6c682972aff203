using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>A face of the volume, or none.</summary>
public enum VolumeSide
{
    /// <summary>None.</summary>
    [Display(Name = "None")]
    None,

    /// <summary>The first slice.</summary>
    [Display(Name = "First slice (z = 0)")]
    ZLow,

    /// <summary>The last slice.</summary>
    [Display(Name = "Last slice")]
    ZHigh,

    /// <summary>The first row.</summary>
    [Display(Name = "First row (y = 0)")]
    YLow,

    /// <summary>The last row.</summary>
    [Display(Name = "Last row")]
    YHigh,

    /// <summary>The first column.</summary>
    [Display(Name = "First column (x = 0)")]
    XLow,

    /// <summary>The last column.</summary>
    [Display(Name = "Last column")]
    XHigh,
}
