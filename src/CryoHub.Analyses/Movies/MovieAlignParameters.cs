using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Movies;

/// <summary>The form of <see cref="MovieAlign"/>.</summary>
public sealed record MovieAlignParameters
{
    /// <summary>Frames left out at the beginning.</summary>
    [Display(Name = "Throw", Description = "Frames left out at the beginning, while the stage settles."), Range(0, 100000)]
    public int Throw { get; init; }

    /// <summary>Frames left out at the end.</summary>
    [Display(Name = "Trunc", Description = "Frames left out at the end, when the dose has done its damage."), Range(0, 100000)]
    public int Trunc { get; init; }

    /// <summary>Frames summed before they are aligned.</summary>
    [Display(Name = "Group", Description = "Frames summed before they are aligned: more signal in each, where single frames hold few electrons."), Range(1, 10000)]
    public int Group { get; init; } = 1;

    /// <summary>Most iterations.</summary>
    [Display(Name = "Iterations", Description = "Most rounds of aligning each frame with the sum of the others."), Range(1, 50)]
    public int Iterations { get; init; } = 10;

    /// <summary>Change at which it ends.</summary>
    [Display(Name = "Tolerance", Description = "It ends when no frame moves by more than this."), Unit("px"), Range(0.001, 1.0)]
    public double Tolerance { get; init; } = 0.01;

    /// <summary>Where high frequencies end.</summary>
    [Display(Name = "Filter radius 2", Description = "Frequencies above this are dampened in the comparison.", GroupName = "Advanced"), Unit("cycles/px"), Range(0.01, 0.7)]
    public double FilterRadius2 { get; init; } = 0.15;

    /// <summary>How softly they end.</summary>
    [Display(Name = "Filter sigma 2", Description = "How softly the filter ends.", GroupName = "Advanced"), Unit("cycles/px"), Range(0.001, 0.5)]
    public double FilterSigma2 { get; init; } = 0.05;

    /// <summary>Low frequencies are dampened.</summary>
    [Display(Name = "Filter sigma 1", Description = "Frequencies below this are dampened in the comparison.", GroupName = "Advanced"), Unit("cycles/px"), Range(0.0, 0.5)]
    public double FilterSigma1 { get; init; } = 0.01;

    /// <summary>The largest drift looked for.</summary>
    [Display(Name = "Largest shift", Description = "The largest shift against the sum of the others.", GroupName = "Advanced"), Unit("px"), Range(1.0, 2000.0)]
    public double LargestShift { get; init; } = 40;

    /// <summary>Pixels averaged for the comparison.</summary>
    [Display(Name = "Search binning", Description = "Pixels averaged for the comparison alone; empty takes the least that fits into memory.", GroupName = "Advanced"), Unit("px"), Range(1, 32)]
    public int? SearchBinning { get; init; }

    /// <summary>Weights frequencies by dose.</summary>
    [Display(Name = "Dose weighting", Description = "Weights each frame's frequencies by what its dose has left of them. The built-in curve was measured on protein in vitreous ice: for other specimens give a curve of your own.", GroupName = "Dose")]
    public bool DoseWeighting { get; init; }

    /// <summary>Dose of a frame.</summary>
    [Display(Name = "Dose of a frame", Description = "Fluence that each frame of the file adds.", GroupName = "Dose"), Unit("e/A^2"), Range(0.0, 1000.0)]
    public double FrameDose { get; init; }

    /// <summary>Dose before the first frame.</summary>
    [Display(Name = "Initial dose", Description = "Fluence before the first frame of the file.", GroupName = "Dose"), Unit("e/A^2"), Range(0.0, 10000.0)]
    public double InitialDose { get; init; }

    /// <summary>Factor of the critical dose's curve.</summary>
    [Display(Name = "Curve a", Description = "Critical dose Ne(k) = a k^b + c in e/A^2, k in 1/A: the factor.", GroupName = "Dose"), Unit("e/A^2"), Range(0.0, 1e6)]
    public double CurveA { get; init; } = 0.245;

    /// <summary>Exponent of the critical dose's curve.</summary>
    [Display(Name = "Curve b", Description = "The exponent.", GroupName = "Dose"), Range(-10.0, 0.0)]
    public double CurveB { get; init; } = -1.665;

    /// <summary>Constant of the critical dose's curve.</summary>
    [Display(Name = "Curve c", Description = "The constant.", GroupName = "Dose"), Unit("e/A^2"), Range(0.0, 1e6)]
    public double CurveC { get; init; } = 2.81;

    /// <summary>Factor of the curve for the beam's energy.</summary>
    [Display(Name = "Curve scale", Description = "Factor of the whole curve: 1 for 300 kV, about 0.8 for 200 kV; empty goes by the file's beam energy.", GroupName = "Dose"), Range(0.01, 1e4)]
    public double? CurveScale { get; init; }
}
