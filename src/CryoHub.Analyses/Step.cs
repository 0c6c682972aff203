namespace CryoHub.Analyses;

/// <summary>How far an analysis is: a fraction from 0 to 1, the step in words and, where there is one, a curve to look at while it runs.</summary>
public readonly record struct Step(double Fraction, string Label, CurvePreview? Preview = null);
