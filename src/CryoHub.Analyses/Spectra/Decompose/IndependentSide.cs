using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>What independent components are independent in.</summary>
public enum IndependentSide
{
    /// <summary>The slopes of their spectra: edges and lines at different energies.</summary>
    [Display(Name = "Slopes of the spectra")]
    Spectra,

    /// <summary>Their maps.</summary>
    [Display(Name = "Maps")]
    Maps,
}
