using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Profiles;

/// <summary>A line through a map, and how wide a stripe is added up across it.</summary>
public sealed record ProfileLine
{
    /// <summary>Column of the start.</summary>
    [Required, Display(Name = "From x", Description = "Column where the line begins."), Unit("px"), Range(0, 1e6)]
    public double FromX { get; init; }

    /// <summary>Row of the start.</summary>
    [Required, Display(Name = "From y", Description = "Row where the line begins."), Unit("px"), Range(0, 1e6)]
    public double FromY { get; init; }

    /// <summary>Column of the end.</summary>
    [Required, Display(Name = "To x", Description = "Column where the line ends."), Unit("px"), Range(0, 1e6)]
    public double ToX { get; init; }

    /// <summary>Row of the end.</summary>
    [Required, Display(Name = "To y", Description = "Row where the line ends."), Unit("px"), Range(0, 1e6)]
    public double ToY { get; init; }

    /// <summary>Width of the stripe.</summary>
    [Display(Name = "Width", Description = "Pixels that are added up across the line."), Unit("px"), Range(1, 1e5)]
    public double Width { get; init; } = 1;

    internal double Length => Math.Sqrt(((ToX - FromX) * (ToX - FromX)) + ((ToY - FromY) * (ToY - FromY)));

    /// <summary>The bin, one pixel long, that each pixel of a map falls into; -1 for none.</summary>
    /// <exception cref="ProblemException">The line is shorter than a pixel or outside the map.</exception>
    internal int[] Bins(int rows, int columns)
    {
        if (Length < 1 || Math.Max(FromX, ToX) > columns - 1 || Math.Max(FromY, ToY) > rows - 1)
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"The line from ({FromX:0.#}, {FromY:0.#}) to ({ToX:0.#}, {ToY:0.#}) must be at least a pixel long and lie within the map of {columns} x {rows} px."));
        }

        var (ux, uy) = ((ToX - FromX) / Length, (ToY - FromY) / Length);
        var bins = new int[rows * columns];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var along = ((x - FromX) * ux) + ((y - FromY) * uy);
                var across = Math.Abs(((y - FromY) * ux) - ((x - FromX) * uy));
                bins[(y * columns) + x] = along >= -0.5 && along < Length + 0.5 && across <= Width / 2 ? (int)Math.Floor(along + 0.5) : -1;
            }
        }

        return bins;
    }
}
