using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.VolumeMovie;

/// <summary>The form of <see cref="VolumeMovie"/>.</summary>
public sealed record VolumeMovieParameters
{
    /// <summary>What moves.</summary>
    [Display(Name = "Movie", Description = "The volume turning about z, or its sections one after the other.")]
    public MovieKind Kind { get; init; } = MovieKind.Turntable;

    /// <summary>Largest value along each ray or of each slab; else the mean.</summary>
    [Display(Name = "Maximum", Description = "Shows the largest value along each ray (turntable) or of each slab (sections) in place of the mean.")]
    public bool Maximum { get; init; } = true;

    /// <summary>Sections projected into a frame.</summary>
    [Display(Name = "Slab", Description = "Sections that are projected into one frame of a movie through the slices."), Unit("px"), Range(1, 999)]
    public int Slab { get; init; } = 1;

    /// <summary>Frames of a full turn, or through all sections.</summary>
    [Display(Name = "Frames", Description = "Frames of a full turn, or through all sections; a movie through fewer sections has a frame for each."), Range(2, 720)]
    public int Frames { get; init; } = 72;

    /// <summary>Frames a second.</summary>
    [Display(Name = "Frames a second", Description = "How fast the movie runs."), Range(1, 60)]
    public int FramesPerSecond { get; init; } = 24;

    /// <summary>Longer side of the picture.</summary>
    [Display(Name = "Size", Description = "Longer side of the picture."), Unit("px"), Range(64, 1080)]
    public int Size { get; init; } = 360;

    /// <summary>Percentile of the frames' values that is black; its mirror image is white.</summary>
    [Display(Name = "Clipped", Description = "Percentage of the values at each end that become black and white."), Unit("%"), Range(0, 20)]
    public double Clipped { get; init; } = 0.2;

    /// <summary>File of the movie.</summary>
    [Display(Name = "File", Description = "MP4 and WebM need the program ffmpeg where the analysis runs; without it the frames come as PNG pictures.")]
    public MovieFormat Format { get; init; } = MovieFormat.Mp4;

    /// <summary>Edge of a voxel.</summary>
    [Display(Name = "Voxel", Description = "Edge of a cubic voxel; empty takes it from the file.", GroupName = "Advanced"), Unit("nm"), Range(1e-6, 1e9)]
    public double? Voxel { get; init; }
}
