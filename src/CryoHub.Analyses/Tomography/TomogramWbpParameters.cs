using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Tomography;

/// <summary>The form of <see cref="TomogramWbp"/>, and the geometry of every tomogram.</summary>
public record TomogramWbpParameters
{
    /// <summary>Filter applied to every projection.</summary>
    [Display(Name = "Filter", Description = "Ramp is exact; SIRT-like damps fine detail and noise as a few SIRT iterations would.")]
    public ProjectionFilter Filter { get; init; }

    /// <summary>Equivalent SIRT iterations of the SIRT-like filter.</summary>
    [Display(Name = "Equivalent iterations", Description = "SIRT iterations the SIRT-like filter stands for; few are smooth, many approach the ramp."), Range(1, 1000)]
    public virtual int Iterations { get; init; } = 20;

    /// <summary>Pixels averaged in each direction before reconstruction.</summary>
    [Display(Name = "Binning", Description = "Pixels averaged in each direction before reconstruction."), Unit("px"), Range(1, 32)]
    public int Binning { get; init; } = 1;

    /// <summary>Tilt angles; the header's where empty.</summary>
    [Display(Name = "Tilt angles", Description = "One angle per projection; empty takes them from the input \"angles\" (.tlt, .rawtlt, .mdoc), else from the file."), Unit("deg"), Range(-360, 360)]
    public IReadOnlyList<double> Angles { get; init; } = [];

    /// <summary>Direction of the tilt axis; the header's where absent, else 0.</summary>
    [Display(Name = "Tilt axis", Description = "Angle of the tilt axis against the image's y axis, counter-clockwise; empty takes it from the file, else 0."), Unit("deg"), Range(-180, 180)]
    public double? TiltAxis { get; init; }

    /// <summary>Distance of the tilt axis from the middle of the image, across the axis, in unbinned pixels.</summary>
    [Display(Name = "Axis shift", Description = "Distance of the tilt axis from the middle of the image, across the axis, in unbinned pixels."), Unit("px"), Range(-16384, 16384)]
    public double AxisShift { get; init; }

    /// <summary>Slices along the beam, in binned pixels; the width across the axis where absent.</summary>
    [Display(Name = "Depth", Description = "Slices along the beam, in binned pixels; empty for as many as the image is wide across the axis."), Unit("px"), Range(1, 16384)]
    public int? Depth { get; init; }

    /// <summary>Added to every angle.</summary>
    [Display(Name = "Tilt offset", Description = "Added to every angle: levels a specimen that lay tilted in the holder.", GroupName = "Advanced"), Unit("deg"), Range(-90, 90)]
    public double TiltOffset { get; init; }

    /// <summary>What lies beyond the projections' borders.</summary>
    [Display(Name = "Beyond the border", Description = "What the filter assumes beyond the projections' left and right borders.", GroupName = "Advanced")]
    public ProjectionBorder Border { get; init; }

    /// <summary>Views left out, counted from 1.</summary>
    [Display(Name = "Exclude list", Description = "Views left out, counted from 1 as in IMOD's EXCLUDELIST.", GroupName = "Advanced"), Range(1, 100000)]
    public IReadOnlyList<int> ExcludeList { get; init; } = [];

    /// <summary>The pixels are what came through (X-rays): the logarithm turns them into attenuation.</summary>
    [Display(Name = "Transmission", Description = "The pixels are transmitted intensity, as X-rays give: minus the logarithm of their share of the incident intensity is reconstructed.", GroupName = "Advanced")]
    public bool Transmission { get; init; }

    /// <summary>Intensity without a specimen; each view's brightest percent where absent.</summary>
    [Display(Name = "Incident intensity", Description = "Intensity without a specimen, for transmission; empty takes the brightest percent of each view.", GroupName = "Advanced"), Unit("counts"), Range(1e-12, 1e12)]
    public double? IncidentIntensity { get; init; }

    /// <summary>Subtracted from every pixel.</summary>
    [Display(Name = "Vacuum level", Description = "Value of a pixel beside the specimen, subtracted from all: iterative methods need vacuum to be 0.", GroupName = "Advanced"), Unit("counts"), Range(-1e9, 1e9)]
    public double VacuumLevel { get; init; }
}
