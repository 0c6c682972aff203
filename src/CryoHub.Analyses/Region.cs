using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses;

/// <summary>A rectangle of pixels; the first column and row are 0.</summary>
public sealed record Region
{
    /// <summary>First column.</summary>
    [Required, Display(Name = "x", Description = "First column of the region."), Unit("px"), Range(0, int.MaxValue)]
    public int X { get; init; }

    /// <summary>First row.</summary>
    [Required, Display(Name = "y", Description = "First row of the region."), Unit("px"), Range(0, int.MaxValue)]
    public int Y { get; init; }

    /// <summary>Columns.</summary>
    [Required, Display(Name = "Width", Description = "Columns of the region."), Unit("px"), Range(1, int.MaxValue)]
    public int Width { get; init; }

    /// <summary>Rows.</summary>
    [Required, Display(Name = "Height", Description = "Rows of the region."), Unit("px"), Range(1, int.MaxValue)]
    public int Height { get; init; }

    /// <summary>This region where it lies inside a picture of that size.</summary>
    /// <exception cref="Imaging.ProblemException">It is empty or reaches beyond the picture.</exception>
    public Region Inside(long columns, long rows) =>
        Width < 1 || Height < 1
            ? throw Imaging.ProblemException.Invalid($"The region of {Width} x {Height} px is empty.")
            : X < 0 || Y < 0 || (long)X + Width > columns || (long)Y + Height > rows
                ? throw Imaging.ProblemException.Invalid($"The region x {X} to {(long)X + Width - 1}, y {Y} to {(long)Y + Height - 1} lies outside the picture of {columns} x {rows} px.")
                : this;
}
