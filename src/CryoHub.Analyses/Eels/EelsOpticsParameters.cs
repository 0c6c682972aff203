using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels;

/// <summary>What every analysis with cross sections asks of the microscope.</summary>
public abstract record EelsOpticsParameters
{
    /// <summary>Beam energy.</summary>
    [Display(Name = "Beam energy", Description = "Kinetic energy of the electrons; empty for the file's."), Unit("keV"), Range(1.0, 3000.0)]
    public double? BeamEnergy { get; init; }

    /// <summary>Convergence semi-angle.</summary>
    [Display(Name = "Convergence", Description = "Convergence semi-angle; empty for the file's."), Unit("mrad"), Range(0.0, 200.0)]
    public double? Convergence { get; init; }

    /// <summary>Collection semi-angle.</summary>
    [Display(Name = "Collection", Description = "Collection semi-angle; empty for the file's."), Unit("mrad"), Range(0.01, 500.0)]
    public double? Collection { get; init; }

    /// <summary>Exposure of the core loss over that of the low loss.</summary>
    [Display(Name = "Exposure ratio", Description = "Exposure of the core-loss spectra over that of the low-loss spectra."), Range(1e-6, 1e9)]
    public double ExposureRatio { get; init; } = 1;
}
