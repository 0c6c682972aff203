namespace CryoHub.Analyses;

/// <summary>A small curve shown while an iteration runs, for instance the residual of each pass.</summary>
public sealed record CurvePreview(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, string XUnit, string YUnit);
