namespace CryoHub.Platform.Ledgers;

/// <summary>One acquisition's fluence and what its place had taken by then.</summary>
/// <param name="OwnPerA2">Electrons per square ångström; <c>null</c> where the record does not tell.</param>
/// <param name="SumPerA2">Largest sum that its place can have taken, itself included.</param>
/// <param name="IsLowerBound">True where an acquisition that may have hit the place has no fluence.</param>
/// <param name="BeamKeV">Energy of the beam, as its session says; <c>null</c> where that is not recorded.</param>
public sealed record DoseEntry(Acquisition Acquisition, double? OwnPerA2, double SumPerA2, bool IsLowerBound, double? BeamKeV);
