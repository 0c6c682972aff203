using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>Name and colour of a label.</summary>
public sealed record LabelText
{
    /// <summary>The label.</summary>
    [Required, Display(Name = "Label", Description = "The label's number."), Range(0, int.MaxValue)]
    public int Label { get; init; }

    /// <summary>Its name.</summary>
    [Required, Display(Name = "Name", Description = "What it stands for.")]
    public string Name { get; init; } = "";

    /// <summary>Its colour.</summary>
    [Display(Name = "Colour", Description = "Colour as #rrggbb; empty for one of a palette.")]
    public string Colour { get; init; } = "";
}
