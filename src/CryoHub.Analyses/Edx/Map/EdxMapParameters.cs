using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Edx.Fit;

namespace CryoHub.Analyses.Edx.Map;

/// <summary>The form of <see cref="EdxMap"/>.</summary>
public sealed record EdxMapParameters : EdxFitParameters
{
    /// <summary>What the maps show.</summary>
    [Display(Name = "Show", Description = "Net counts of the fitted lines, raw counts in a window, or atomic percent.")]
    public MapValue Show { get; init; }

    /// <summary>Elements of the colour picture, at most six.</summary>
    [Display(Name = "Colours", Description = "Up to six elements of the colour picture: red, green, blue, yellow, magenta, cyan; empty for the strongest.")]
    public IReadOnlyList<string> Colours { get; init; } = [];

    /// <summary>Share of the pixels that are brighter than full colour.</summary>
    [Display(Name = "Clipped", Description = "Percent of the pixels that may be brighter than the full colour.", GroupName = "Advanced"), Range(0, 50)]
    public double ClippedPercent { get; init; } = 0.5;

    /// <summary>Width of the windows of raw maps.</summary>
    [Display(Name = "Window width", Description = "Width of the windows of raw maps, in widths (FWHM) of the line.", GroupName = "Advanced"), Range(0.2, 10)]
    public double WindowFwhms { get; init; } = 2;

    /// <summary>Least net counts of a pixel with a composition.</summary>
    [Display(Name = "Least counts", Description = "Pixels with fewer net counts have no atomic percent.", GroupName = "Advanced"), Range(0, 1e9)]
    public double LeastCounts { get; init; } = 30;
}
