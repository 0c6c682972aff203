namespace CryoHub.Platform.Fields;

/// <summary>One measurement.</summary>
/// <param name="Cell">The cell it comes from; empty where the record does not lead to one.</param>
public sealed record ComparedValue(Guid DatasetId, string Name, double Value, string Cell);
