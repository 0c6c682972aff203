using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Tomography;

/// <summary>The form of <see cref="TiltClean"/>.</summary>
public sealed record TiltCleanParameters
{
    /// <summary>Threshold for pixels that are always wrong.</summary>
    [Display(Name = "Hot pixels", Description = "A pixel that differs from its neighbours by more than this many standard deviations in the median of all views is replaced in all; 0 leaves them."), Unit("sigma"), Range(0.0, 1000.0)]
    public double HotPixels { get; init; } = 8;

    /// <summary>Threshold for pixels that are wrong once.</summary>
    [Display(Name = "X-rays", Description = "A pixel that is brighter than its neighbours by more than this many standard deviations in one view is replaced there; 0 leaves them."), Unit("sigma"), Range(0.0, 1000.0)]
    public double XRays { get; init; } = 10;

    /// <summary>How the gain reference is applied.</summary>
    [Display(Name = "Gain", Description = "How the input \"gain\" is applied: as a factor of each pixel, or as a flat image to divide by.")]
    public GainUse Gain { get; init; }

    /// <summary>Threshold for views that are too dark or too bright.</summary>
    [Display(Name = "Brightness tolerance", Description = "A view is proposed for removal where its mean is off the smooth course over the tilt by more than this."), Unit("%"), Range(1.0, 100.0)]
    public double BrightnessTolerance { get; init; } = 30;

    /// <summary>Threshold for views that are blurred or empty.</summary>
    [Display(Name = "Sharpness tolerance", Description = "A view is proposed for removal where its fine detail falls short of its neighbours' by more than this."), Unit("%"), Range(1.0, 100.0)]
    public double SharpnessTolerance { get; init; } = 60;

    /// <summary>Tilt angles; the header's where empty.</summary>
    [Display(Name = "Tilt angles", Description = "One angle per view; empty takes them from the file."), Unit("deg"), Range(-360, 360)]
    public IReadOnlyList<double> Angles { get; init; } = [];

    /// <summary>Views that are to be removed, counted from 1.</summary>
    [Display(Name = "Exclude list", Description = "Views removed from the result, counted from 1."), Range(1, 100000)]
    public IReadOnlyList<int> ExcludeList { get; init; } = [];

    /// <summary>Whether proposals are followed.</summary>
    [Display(Name = "Remove proposed views", Description = "Removes the views proposed for removal too; else they are only named.")]
    public bool RemoveProposed { get; init; }
}
