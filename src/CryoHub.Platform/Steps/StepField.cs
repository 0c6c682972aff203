using CryoHub.Platform.Quantities;

namespace CryoHub.Platform.Steps;

/// <summary>One thing to record about a step.</summary>
/// <param name="Key">Kebab-case, stored with each value, never changed.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Kind">How it is filled in.</param>
public sealed record StepField(string Key, string Label, FieldKind Kind)
{
    /// <summary>What a quantity measures.</summary>
    public Dimension? Dimension { get; init; }

    /// <summary>Unit in which a bare number is taken and values are shown.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Without it another lab cannot repeat the step: counted for completeness, listed as missing on the method card.</summary>
    public bool IsKey { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The same field, needed to repeat the step.</summary>
    public StepField AsNeeded() => this with { IsKey = true };

    public static StepField Amount(string key, string label, Dimension dimension, string unit) => new(key, label, FieldKind.Quantity) { Dimension = dimension, Unit = unit };

    public static StepField Choice(string key, string label, params IReadOnlyList<string> choices) => new(key, label, FieldKind.Choice) { Choices = choices };

    public static StepField Text(string key, string label) => new(key, label, FieldKind.Text);
}
