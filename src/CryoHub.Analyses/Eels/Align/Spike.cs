namespace CryoHub.Analyses.Eels.Align;

/// <summary>One channel that stands out, and what its neighbours suggest in its place.</summary>
internal readonly record struct Spike(int Row, int Column, int Channel, float Found, float Replacement);
