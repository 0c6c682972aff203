namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>One number of a phase; NaN where it has no value.</summary>
internal readonly record struct Quantity(string Name, double Value, string Unit);
