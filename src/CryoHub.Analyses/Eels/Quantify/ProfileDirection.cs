using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>Along which side of the region a profile runs.</summary>
public enum ProfileDirection
{
    /// <summary>No profile.</summary>
    [Display(Name = "None")]
    None,

    /// <summary>One value a column; rows of the region are added up.</summary>
    [Display(Name = "Along x")]
    AlongX,

    /// <summary>One value a row; columns of the region are added up.</summary>
    [Display(Name = "Along y")]
    AlongY,
}
