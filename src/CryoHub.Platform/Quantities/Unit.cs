namespace CryoHub.Platform.Quantities;

/// <summary>A unit of measure: SI value = typed value × <paramref name="Factor"/> + <paramref name="Offset"/>.</summary>
/// <param name="Symbol">As it is shown: <c>°C</c>, <c>mA/cm²</c>.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Factor">To the SI unit of the dimension.</param>
/// <param name="Offset">Temperatures only.</param>
/// <param name="Spellings">Other ways people write it, besides ^2 for ², u for µ and deg for °.</param>
public sealed record Unit(string Symbol, Dimension Dimension, double Factor, double Offset = 0, params IReadOnlyList<string> Spellings);
