using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>What a step of a segmentation does.</summary>
public enum SegmentStepKind
{
    /// <summary>Smooths the grey values.</summary>
    [Display(Name = "Gaussian (sigma)")]
    Gaussian,

    /// <summary>Median of 3 x 3 x 3 voxels.</summary>
    [Display(Name = "Median 3 x 3 x 3")]
    Median,

    /// <summary>Means over similar neighbourhoods.</summary>
    [Display(Name = "Non-local means (radius, strength)")]
    NonLocalMeans,

    /// <summary>Smoothing that stops at edges.</summary>
    [Display(Name = "Anisotropic diffusion (iterations, strength)")]
    Diffusion,

    /// <summary>Takes bright detail off.</summary>
    [Display(Name = "Grey opening (radius)")]
    GreyOpening,

    /// <summary>Takes dark detail off.</summary>
    [Display(Name = "Grey closing (radius)")]
    GreyClosing,

    /// <summary>Takes away what varies slowly.</summary>
    [Display(Name = "Take off background (sigma)")]
    Background,

    /// <summary>Label 1 between two grey values.</summary>
    [Display(Name = "Threshold (low, high)")]
    Threshold,

    /// <summary>Otsu's thresholds.</summary>
    [Display(Name = "Otsu (classes)")]
    Otsu,

    /// <summary>Label 1 for parts above low that reach high.</summary>
    [Display(Name = "Hysteresis (low, high)")]
    Hysteresis,

    /// <summary>Label 1 for what exceeds its surroundings.</summary>
    [Display(Name = "Local threshold (sigma, offset)")]
    LocalThreshold,

    /// <summary>Floods the gradient from what is surely below low and above high.</summary>
    [Display(Name = "Watershed with markers (low, high, sigma)")]
    Watershed,

    /// <summary>Random walks from what is surely below low and above high.</summary>
    [Display(Name = "Random walker (low, high, strength)")]
    RandomWalker,

    /// <summary>Removes what no ball fits into.</summary>
    [Display(Name = "Opening (radius)")]
    Opening,

    /// <summary>Fills where no ball fits between.</summary>
    [Display(Name = "Closing (radius)")]
    Closing,

    /// <summary>Shrinks.</summary>
    [Display(Name = "Erosion (radius)")]
    Erosion,

    /// <summary>Grows into what has no label.</summary>
    [Display(Name = "Dilation (radius)")]
    Dilation,

    /// <summary>Fills enclosed cavities.</summary>
    [Display(Name = "Fill holes")]
    FillHoles,

    /// <summary>Removes small parts.</summary>
    [Display(Name = "Remove small parts (voxels)")]
    RemoveSmall,

    /// <summary>Keeps the largest part.</summary>
    [Display(Name = "Keep the largest part")]
    KeepLargest,

    /// <summary>Exchanges label 1 and nothing.</summary>
    [Display(Name = "Invert")]
    Invert,

    /// <summary>Gives each connected part a label of its own.</summary>
    [Display(Name = "Number the connected parts")]
    Components,

    /// <summary>Parts that touch get labels of their own.</summary>
    [Display(Name = "Split touching parts (radius)")]
    SplitTouching,
}
