using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>One edge of the model.</summary>
public sealed record ModelEdge
{
    /// <summary>Element and shell.</summary>
    [Required, Display(Name = "Edge", Description = "Element and shell, for instance O K or Ti L; an element alone for its major edge.")]
    public string Edge { get; init; } = "";

    /// <summary>Energies above the onset whose counts the model leaves free.</summary>
    [Display(Name = "Fine structure", Description = "How far above the onset the counts are left free; 0 fits the cross section from the onset on."), Unit("eV"), Range(0.0, 200.0)]
    public double FineStructure { get; init; } = 20;

    /// <summary>How far the edge lies above the table's onset.</summary>
    [Display(Name = "Shift", Description = "How far the edge lies above the table's onset (chemical shift, energy scale)."), Unit("eV"), Range(-50.0, 50.0)]
    public double Shift { get; init; }
}
