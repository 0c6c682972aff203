using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Profiles;

/// <summary>The form of <see cref="LineProfile"/>.</summary>
public sealed record LineProfileParameters
{
    /// <summary>The line; the middle row where absent.</summary>
    [Display(Name = "Line", Description = "Line across the interface and the width of its stripe; empty for the middle row, a quarter of the map wide.")]
    public ProfileLine? Line { get; init; }
}
