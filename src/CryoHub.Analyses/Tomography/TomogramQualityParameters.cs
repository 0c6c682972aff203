using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Tomography;

/// <summary>The form of <see cref="TomogramQuality"/>: how the halves are reconstructed, and where the curve is read.</summary>
public sealed record TomogramQualityParameters : TomogramWbpParameters
{
    /// <summary>Correlation at which the resolution is read.</summary>
    [Display(Name = "Threshold", Description = "Correlation of the halves at which the resolution is read: 0.143 by Rosenthal and Henderson, 0.5 the stricter custom."), Range(0.01, 0.99)]
    public double Threshold { get; init; } = 0.143;
}
