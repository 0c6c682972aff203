namespace CryoHub.Platform.Steps;

/// <summary>How a field of a step is filled in.</summary>
public enum FieldKind
{
    /// <summary>A number with a unit.</summary>
    Quantity,

    /// <summary>One of the listed words.</summary>
    Choice,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>Done or not: a line of a checklist.</summary>
    Check,
}
