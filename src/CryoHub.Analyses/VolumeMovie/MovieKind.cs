using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.VolumeMovie;

/// <summary>What moves.</summary>
public enum MovieKind
{
    /// <summary>The volume turns about z.</summary>
    [Display(Name = "Turntable")]
    Turntable,

    /// <summary>Section after section along z.</summary>
    [Display(Name = "Through the slices along z")]
    SlicesZ,

    /// <summary>Section after section along y.</summary>
    [Display(Name = "Through the slices along y")]
    SlicesY,

    /// <summary>Section after section along x.</summary>
    [Display(Name = "Through the slices along x")]
    SlicesX,
}
