namespace CryoHub.Platform.Steps;

/// <summary>What was recorded in one field.</summary>
/// <param name="Typed">As the person wrote it; "yes" for a check that was made.</param>
/// <param name="Si">In SI, for quantities.</param>
public sealed record StepValue(string Typed, double? Si = null);
