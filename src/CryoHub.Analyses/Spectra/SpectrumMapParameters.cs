using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Spectra;

/// <summary>The form of <see cref="SpectrumMap"/>.</summary>
public sealed record SpectrumMapParameters
{
    /// <summary>Windows, one map each.</summary>
    [Required, MinLength(1), Display(Name = "Energy windows", Description = "Counts inside each window become one map.")]
    public IReadOnlyList<EnergyWindow> Windows { get; init; } = [];

    /// <summary>Background model of all windows.</summary>
    [Display(Name = "Background", Description = "What is subtracted: nothing, a line between side windows (EDX), a power law fitted before the edge (EELS).")]
    public BackgroundModel Background { get; init; }

    /// <summary>Method of the power law.</summary>
    [Display(Name = "Power-law fit", Description = "How the power law is found in the pre-edge window.", GroupName = "Advanced")]
    public PowerLawFit Fit { get; init; }

    /// <summary>Region whose spectrum is shown; everything where absent.</summary>
    [Display(Name = "Region", Description = "Rectangle whose spectrum, background and net spectrum are shown; empty for the whole map.")]
    public Region? Region { get; init; }
}
