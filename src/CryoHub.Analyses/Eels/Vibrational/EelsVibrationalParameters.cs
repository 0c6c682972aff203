using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.Vibrational;

/// <summary>The form of <see cref="EelsVibrational"/>.</summary>
public sealed record EelsVibrationalParameters
{
    /// <summary>Start of the analysed energies.</summary>
    [Display(Name = "From", Description = "Start of the analysed losses, above the zero loss; empty for three times its width."), Unit("meV"), Range(0.01, 1e5)]
    public double? From { get; init; }

    /// <summary>End of the analysed energies.</summary>
    [Display(Name = "To", Description = "End of the analysed losses; empty for the end of the spectrum."), Unit("meV"), Range(0.01, 1e5)]
    public double? To { get; init; }

    /// <summary>Order of the tail.</summary>
    [Display(Name = "Order of the tail", Description = "The tail's logarithm is a polynomial of this order in ln E: 1 is a power law. With a measured zero loss it is its correction, and 0 is enough."), Range(0, 4)]
    public int Order { get; init; } = 2;

    /// <summary>Significance of a peak.</summary>
    [Display(Name = "Threshold", Description = "How many times its uncertainty a peak must reach."), Range(2.0, 1000.0)]
    public double Threshold { get; init; } = 4;

    /// <summary>Most peaks.</summary>
    [Display(Name = "Peaks", Description = "At most so many peaks."), Range(0, 12)]
    public int Peaks { get; init; } = 6;

    /// <summary>Whether maps of the peaks are made.</summary>
    [Display(Name = "Maps", Description = "Fit tail and heights of the peaks found in every pixel.")]
    public bool Maps { get; init; } = true;

    /// <summary>Region whose spectrum gives the peaks; everything where absent.</summary>
    [Display(Name = "Region", Description = "Rectangle whose spectrum gives the peaks; empty for the whole map.")]
    public Region? Region { get; init; }
}
