using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Align;

/// <summary>What to do about spikes.</summary>
public enum SpikeAction
{
    /// <summary>Not looked for.</summary>
    [Display(Name = "Leave")]
    Leave,

    /// <summary>Listed, not changed.</summary>
    [Display(Name = "Find")]
    Find,

    /// <summary>Listed and replaced.</summary>
    [Display(Name = "Find and replace")]
    Replace,
}
