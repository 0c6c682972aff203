namespace CryoHub.Analyses.Edx.Map;

/// <summary>One map and what it shows.</summary>
/// <param name="Symbol">The element.</param>
/// <param name="Name">Name of the map.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Values">One a pixel; NaN where there is none.</param>
/// <param name="Errors">One sigma.</param>
internal sealed record ElementMap(string Symbol, string Name, string Unit, float[] Values, float[] Errors);
