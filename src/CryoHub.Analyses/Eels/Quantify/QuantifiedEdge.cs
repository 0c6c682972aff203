using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>One edge whose counts become atoms.</summary>
public sealed record QuantifiedEdge
{
    /// <summary>Element and shell.</summary>
    [Required, Display(Name = "Edge", Description = "Element and shell, for instance O K or Ti L; an element alone for its major edge.")]
    public string Edge { get; init; } = "";

    /// <summary>Width of the signal window.</summary>
    [Display(Name = "Width", Description = "Width of the signal window from the onset on; empty for 50 eV or up to the next edge."), Unit("eV"), Range(1.0, 1000.0)]
    public double? Width { get; init; }

    /// <summary>Factor of a standard.</summary>
    [Display(Name = "Standard factor k", Description = "Atoms for each net count, from a standard measured alike; replaces the cross section. For all edges or for none."), Range(1e-30, 1e30)]
    public double? Factor { get; init; }

    /// <summary>Start of the background window.</summary>
    [Display(Name = "Background from", Description = "Start of the background window; empty for the default.", GroupName = "Advanced"), Unit("eV"), Range(0.1, 1e5)]
    public double? BackgroundFrom { get; init; }

    /// <summary>End of the background window.</summary>
    [Display(Name = "Background to", Description = "End of the background window; empty for the default.", GroupName = "Advanced"), Unit("eV"), Range(0.1, 1e5)]
    public double? BackgroundTo { get; init; }

    /// <summary>How far the edge lies above the table's onset.</summary>
    [Display(Name = "Shift", Description = "How far the edge lies above the table's onset (chemical shift, energy scale).", GroupName = "Advanced"), Unit("eV"), Range(-50.0, 50.0)]
    public double Shift { get; init; }
}
