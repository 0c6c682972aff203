using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>Where to look for edges, and for which.</summary>
public sealed record EelsEdgesParameters
{
    /// <summary>Pixels whose spectra are added up.</summary>
    [Display(Name = "Region", Description = "Pixels whose spectra are added up; empty for all.")]
    public Region? Region { get; init; }

    /// <summary>Elements to look for.</summary>
    [Display(Name = "Elements", Description = "Chemical symbols to look for, as Ti, O; empty for every element of the table.")]
    public IReadOnlyList<string> Elements { get; init; } = [];

    /// <summary>Edges below this score are not named.</summary>
    [Display(Name = "Least score", Description = "Edges below this score (0 to 1) are not named.", GroupName = "Advanced"), Range(0.3, 1.0)]
    public double LeastScore { get; init; } = 0.4;

    /// <summary>Largest error of the energy scale that is looked for.</summary>
    [Display(Name = "Largest energy shift", Description = "Largest error of the file's energy scale that is looked for; 0 trusts the file.", GroupName = "Advanced"), Unit("eV"), Range(0.0, 20.0)]
    public double LargestShift { get; init; } = 8;
}
