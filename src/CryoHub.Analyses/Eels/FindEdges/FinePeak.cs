namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>A maximum of the fine structure of an edge.</summary>
/// <param name="Edge">Name of the edge.</param>
/// <param name="Label">What it is usually called (pi*, L2), or empty.</param>
/// <param name="EnergyEv">Position, to a fraction of a channel.</param>
/// <param name="ErrorEv">One sigma.</param>
/// <param name="Height">Counts above the background over those of the edge's highest peak.</param>
internal sealed record FinePeak(string Edge, string Label, double EnergyEv, double ErrorEv, double Height);
