using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.LowLoss;

/// <summary>The form of <see cref="EelsLowLoss"/>.</summary>
public sealed record EelsLowLossParameters
{
    /// <summary>Where energies are counted from.</summary>
    [Display(Name = "Zero loss", Description = "Whether the zero loss is in the spectra; single scattering from eels-deconvolve has none.")]
    public ZeroLossState ZeroLoss { get; init; }

    /// <summary>Start of the fitted energies.</summary>
    [Display(Name = "Fit from", Description = "Start of the energies in which the plasmon is fitted; empty for the half height of the highest loss."), Unit("eV"), Range(0.0, 1000.0)]
    public double? FitFrom { get; init; }

    /// <summary>End of the fitted energies.</summary>
    [Display(Name = "Fit to", Description = "End of the energies in which the plasmon is fitted; empty for the half height of the highest loss."), Unit("eV"), Range(0.0, 1000.0)]
    public double? FitTo { get; init; }

    /// <summary>Region whose spectrum is shown and analysed; everything where absent.</summary>
    [Display(Name = "Region", Description = "Rectangle whose spectrum is shown and goes into the Kramers-Kronig analysis; empty for the whole map.")]
    public Region? Region { get; init; }

    /// <summary>Whether the dielectric function is calculated.</summary>
    [Display(Name = "Kramers-Kronig analysis", Description = "Calculate the dielectric function of the region; needs beam energy and collection angle.")]
    public bool KramersKronig { get; init; }

    /// <summary>Refractive index for the normalisation.</summary>
    [Display(Name = "Refractive index", Description = "Normalises the loss function where no thickness is given; empty for a metal."), Range(1.0001, 100.0)]
    public double? RefractiveIndex { get; init; }

    /// <summary>Thickness for the normalisation.</summary>
    [Display(Name = "Thickness", Description = "Normalises the loss function instead of the refractive index; needs the zero loss in the spectra."), Unit("nm"), Range(0.1, 1e5)]
    public double? Thickness { get; init; }

    /// <summary>Beam energy.</summary>
    [Display(Name = "Beam energy", Description = "Empty takes it from the file.", GroupName = "Microscope"), Unit("keV"), Range(1.0, 3000.0)]
    public double? BeamEnergy { get; init; }

    /// <summary>Collection semi-angle.</summary>
    [Display(Name = "Collection", Description = "Collection semi-angle; empty takes it from the file.", GroupName = "Microscope"), Unit("mrad"), Range(0.01, 500.0)]
    public double? Collection { get; init; }
}
