using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>The form of <see cref="EelsQuantify"/>.</summary>
public sealed record EelsQuantifyParameters : EelsOpticsParameters
{
    /// <summary>Edges, one an element.</summary>
    [Required, MinLength(1), Display(Name = "Edges", Description = "One edge for each element; on the command line edges=O K,Ti L:60 (name:width).")]
    public IReadOnlyList<QuantifiedEdge> Edges { get; init; } = [];

    /// <summary>Region for the numbers; everything where absent.</summary>
    [Display(Name = "Region", Description = "Rectangle whose composition is given as numbers; empty for the whole map.")]
    public Region? Region { get; init; }

    /// <summary>Profile across the region.</summary>
    [Display(Name = "Profile", Description = "Composition along one side of the region, its other side added up.")]
    public ProfileDirection Profile { get; init; }
}
