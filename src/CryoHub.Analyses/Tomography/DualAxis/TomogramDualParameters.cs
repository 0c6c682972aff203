using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Tomography.DualAxis;

/// <summary>The form of <see cref="TomogramDual"/>.</summary>
public sealed record TomogramDualParameters
{
    /// <summary>Steepest tilt of the first series.</summary>
    [Display(Name = "Steepest tilt, first", Description = "Steepest tilt of the first series: directions beyond it were not measured."), Unit("deg"), Range(5.0, 90.0)]
    public double FirstTilt { get; init; } = 60;

    /// <summary>Steepest tilt of the second series.</summary>
    [Display(Name = "Steepest tilt, second", Description = "Steepest tilt of the second series."), Unit("deg"), Range(5.0, 90.0)]
    public double SecondTilt { get; init; } = 60;

    /// <summary>How the second volume is turned against the first.</summary>
    [Display(Name = "Rotation", Description = "How far the picture of the second volume is turned against the first, counter-clockwise; empty tries 90 and -90."), Unit("deg"), Range(-180.0, 180.0)]
    public double? Rotation { get; init; }

    /// <summary>How far round that rotation is searched.</summary>
    [Display(Name = "Search range", Description = "How far to either side of it the rotation is looked for; 0 takes the rotation as given."), Unit("deg"), Range(0.0, 30.0)]
    public double SearchRange { get; init; } = 5;

    /// <summary>Known shift.</summary>
    [Display(Name = "Shift", Description = "Shift of the second volume in x, y, z; empty finds it. With a search range of 0 the whole transform is then given."), Unit("px"), Range(-100000.0, 100000.0)]
    public IReadOnlyList<double> Shift { get; init; } = [];

    /// <summary>Whether the second volume's densities are scaled.</summary>
    [Display(Name = "Match densities", Description = "Scales the second volume so that both hold the same power in the directions that both have seen.", GroupName = "Advanced")]
    public bool MatchDensities { get; init; } = true;
}
