using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.References;

/// <summary>What is fitted beside the references.</summary>
public enum ReferenceBackground
{
    /// <summary>Nothing: the background is in the references, or was subtracted before.</summary>
    [Display(Name = "None")]
    None,

    /// <summary>A sum of E^-2, E^-3, E^-4 and E^-5 with factors that are not negative.</summary>
    [Display(Name = "Power laws (E^-2 to E^-5)")]
    PowerLaws,
}
