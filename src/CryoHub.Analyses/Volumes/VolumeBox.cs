using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Volumes;

/// <summary>A part of a volume; the first slice, row and column are 0.</summary>
public sealed record VolumeBox
{
    /// <summary>First column.</summary>
    [Display(Name = "x", Description = "First column of the box."), Unit("px"), Range(0, int.MaxValue)]
    public int X { get; init; }

    /// <summary>First row.</summary>
    [Display(Name = "y", Description = "First row of the box."), Unit("px"), Range(0, int.MaxValue)]
    public int Y { get; init; }

    /// <summary>First slice.</summary>
    [Display(Name = "z", Description = "First slice of the box."), Unit("px"), Range(0, int.MaxValue)]
    public int Z { get; init; }

    /// <summary>Columns.</summary>
    [Required, Display(Name = "Width", Description = "Columns of the box."), Unit("px"), Range(1, int.MaxValue)]
    public int Width { get; init; }

    /// <summary>Rows.</summary>
    [Required, Display(Name = "Height", Description = "Rows of the box."), Unit("px"), Range(1, int.MaxValue)]
    public int Height { get; init; }

    /// <summary>Slices.</summary>
    [Required, Display(Name = "Depth", Description = "Slices of the box."), Unit("px"), Range(1, int.MaxValue)]
    public int Depth { get; init; }

    /// <summary>This box where it lies inside the volume.</summary>
    /// <exception cref="ProblemException">It reaches beyond.</exception>
    internal VolumeBox Inside(VolumeShape shape) => X < 0 || Y < 0 || Z < 0 || (long)X + Width > shape.Width || (long)Y + Height > shape.Height || (long)Z + Depth > shape.Depth
        ? throw ProblemException.Invalid(
            $"The box x {X} to {(long)X + Width - 1}, y {Y} to {(long)Y + Height - 1}, z {Z} to {(long)Z + Depth - 1} lies outside the volume of {shape.Width} x {shape.Height} x {shape.Depth} voxels (x, y, z).")
        : this;
}
