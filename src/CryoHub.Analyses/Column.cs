namespace CryoHub.Analyses;

/// <summary>One column of a result table; <paramref name="Values"/> holds doubles or text, NaN for "no value".</summary>
public sealed record Column(string Name, string Unit, IReadOnlyList<object> Values);
