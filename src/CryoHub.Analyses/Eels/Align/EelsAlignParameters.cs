using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.Align;

/// <summary>The form of <see cref="EelsAlign"/>.</summary>
public sealed record EelsAlignParameters
{
    /// <summary>Start of the energies in which the zero loss is looked for.</summary>
    [Display(Name = "Search from", Description = "The zero loss is the highest channel from this energy on; empty for the first high peak of the whole spectrum."), Unit("eV"), Range(-1e6, 1e6)]
    public double? SearchFrom { get; init; }

    /// <summary>End of the energies in which the zero loss is looked for.</summary>
    [Display(Name = "Search to", Description = "The zero loss is the highest channel up to this energy; empty for the first high peak of the whole spectrum."), Unit("eV"), Range(-1e6, 1e6)]
    public double? SearchTo { get; init; }

    /// <summary>What counts as the centre.</summary>
    [Display(Name = "Centre", Description = "What counts as the position of the zero-loss peak.")]
    public ZeroLossCentre Centre { get; init; }

    /// <summary>How spectra are moved by parts of a channel.</summary>
    [Display(Name = "Interpolation", Description = "How spectra are moved by parts of a channel.")]
    public ShiftInterpolation Interpolation { get; init; }

    /// <summary>Whether channels that some pixels lack are cut off.</summary>
    [Display(Name = "Crop", Description = "Keep only the energies that every pixel has; otherwise channels moved in from outside have no value.")]
    public bool Crop { get; init; }

    /// <summary>Whether the energy axis starts anew at the peak.</summary>
    [Display(Name = "Zero at the peak", Description = "Give the aligned zero-loss peak the energy 0 eV; otherwise it stays at the median of the positions found.")]
    public bool Calibrate { get; init; } = true;

    /// <summary>What to do about spikes.</summary>
    [Display(Name = "Spikes", Description = "Spikes of one or two channels (cosmic rays, X-rays): leave them, list them, or list and replace them by the line between their neighbours.")]
    public SpikeAction Spikes { get; init; } = SpikeAction.Find;

    /// <summary>How far above its neighbours a spike stands.</summary>
    [Display(Name = "Spike threshold", Description = "How many times the noise a channel must stand above its neighbours, and above what neighbouring pixels show there.", GroupName = "Advanced"), Range(4, 1000)]
    public double SpikeThreshold { get; init; } = 7;
}
