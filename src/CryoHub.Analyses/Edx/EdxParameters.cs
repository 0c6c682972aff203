using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Edx;

/// <summary>What every EDX analysis asks about beam, detector and region.</summary>
public abstract record EdxParameters
{
    /// <summary>Region whose spectrum is fitted; everything where absent.</summary>
    [Display(Name = "Region", Description = "Rectangle whose summed spectrum is fitted; empty for the whole map.")]
    public Region? Region { get; init; }

    /// <summary>Beam energy where the file states none.</summary>
    [Display(Name = "Beam energy", Description = "Energy of the beam; empty for the file's.", GroupName = "Advanced"), Unit("keV"), Range(1, 1000)]
    public double? BeamEnergyKeV { get; init; }

    /// <summary>Window of the detector.</summary>
    [Display(Name = "Detector window", Description = "What lies before the detector; it decides how many soft photons are counted.", GroupName = "Advanced")]
    public DetectorWindow Window { get; init; }

    /// <summary>Lowest energy fitted.</summary>
    [Display(Name = "From", Description = "Lowest energy that is fitted; empty for just above the detector's noise.", GroupName = "Advanced"), Unit("eV"), Range(50, 1e6)]
    public double? FromEv { get; init; }

    /// <summary>Highest energy fitted.</summary>
    [Display(Name = "To", Description = "Highest energy that is fitted; empty for the beam energy or the end of the spectrum.", GroupName = "Advanced"), Unit("eV"), Range(50, 1e6)]
    public double? ToEv { get; init; }
}
