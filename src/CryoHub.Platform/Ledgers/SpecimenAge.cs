namespace CryoHub.Platform.Ledgers;

/// <summary>How old a specimen was at its last step, counted from something that happened to it.</summary>
/// <param name="Since">"plating", "disassembly", "lift-out".</param>
/// <param name="From">The end of that step.</param>
/// <param name="AtLastStep">From there to the end of the last step.</param>
public sealed record SpecimenAge(string Since, DateTimeOffset From, TimeSpan AtLastStep);
