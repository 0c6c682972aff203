using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Spectra;

/// <summary>One energy window and, where the default does not fit, its background windows.</summary>
public sealed record EnergyWindow
{
    /// <summary>Start of the window.</summary>
    [Required, Display(Name = "From"), Unit("eV"), Range(-1e6, 1e6)]
    public double From { get; init; }

    /// <summary>End of the window.</summary>
    [Required, Display(Name = "To"), Unit("eV"), Range(-1e6, 1e6)]
    public double To { get; init; }

    /// <summary>Name of the map, for instance <c>O K</c>.</summary>
    [Display(Name = "Name", Description = "Name of the map, for instance O K.")]
    public string Name { get; init; } = "";

    /// <summary>Start of the window before.</summary>
    [Display(Name = "Background from", Description = "Start of the background window before; empty for the default.", GroupName = "Advanced"), Unit("eV"), Range(-1e6, 1e6)]
    public double? BackgroundFrom { get; init; }

    /// <summary>End of the window before.</summary>
    [Display(Name = "Background to", Description = "End of the background window before; empty for the default.", GroupName = "Advanced"), Unit("eV"), Range(-1e6, 1e6)]
    public double? BackgroundTo { get; init; }

    /// <summary>Start of the window after (linear background only).</summary>
    [Display(Name = "Second background from", Description = "Start of the window after (linear background only); empty for the default.", GroupName = "Advanced"), Unit("eV"), Range(-1e6, 1e6)]
    public double? AfterFrom { get; init; }

    /// <summary>End of the window after (linear background only).</summary>
    [Display(Name = "Second background to", Description = "End of the window after (linear background only); empty for the default.", GroupName = "Advanced"), Unit("eV"), Range(-1e6, 1e6)]
    public double? AfterTo { get; init; }

    /// <summary>Name shown to people: the given one, else the range.</summary>
    public string Title() => Name.Length > 0 ? Name : FormattableString.Invariant($"{From:0.###} to {To:0.###} eV");
}
