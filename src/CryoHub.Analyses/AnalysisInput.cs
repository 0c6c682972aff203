using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>One input by its role, and which kinds of signal it takes.</summary>
public sealed record AnalysisInput(string Role, IReadOnlyList<SignalKind> Kinds, bool Required = true);
