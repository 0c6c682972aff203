namespace CryoHub.Platform.Limits;

/// <summary>A limit of a lab.</summary>
/// <param name="Value">Electrons per square metre, kelvin, or ppm × minutes.</param>
/// <param name="Typed">As it was typed, with its unit.</param>
public sealed record LimitRow(Guid Id, LimitKind Kind, string Subject, double Value, string Typed, double? BeamKeV, string Criterion, string Source, bool IsMeasured, uint Version);
