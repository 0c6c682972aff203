namespace CryoHub.Platform.Literature;

/// <summary>One published statement.</summary>
/// <param name="Metal">Symbol; several where it was seen in several.</param>
/// <param name="System">liquid, solid or semi-solid electrolyte.</param>
/// <param name="Low">The number, or the lower end of a range; <c>null</c> for a statement in words.</param>
/// <param name="High">Upper end of a range.</param>
/// <param name="Phases">Phases that were found.</param>
/// <param name="Reference">Number in the list of references of <see cref="PublishedValues.Source"/>; <c>null</c> where the paper itself says so.</param>
public sealed record PublishedValue(
    string Metal, string System, string Electrolyte, string Condition, string Technique, string Quantity, double? Low, double? High, string Unit, string Phases, int? Reference)
{
    /// <summary>How the number is meant where it is not the value itself: "up to", "about", "above".</summary>
    public string Bound { get; init; } = "";

    /// <summary>Standard deviation that is stated with it, in <see cref="Unit"/>.</summary>
    public double? Deviation { get; init; }

    /// <summary>What else was seen.</summary>
    public string Note { get; init; } = "";

    /// <summary>Where and how it was measured, in one line.</summary>
    public string Where => string.Join(", ", new[] { Metal, Electrolyte, Condition }.Where(part => part.Length > 0));
}
