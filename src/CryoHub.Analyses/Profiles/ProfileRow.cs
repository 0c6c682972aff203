namespace CryoHub.Analyses.Profiles;

/// <summary>One interface of one map, with one-sigma errors.</summary>
internal sealed record ProfileRow(string Map, double Position, double PositionError, double Width, double WidthError, double Height, double HeightError);
