namespace CryoHub.Platform.Fields;

/// <summary>One measurement.</summary>
/// <param name="Cell">The cell it comes from; empty where the record does not lead to one.</param>
/// <param name="Origin">The sample that its line begins with: values of one origin are not independent. <c>null</c> where no sample is recorded.</param>
public sealed record ComparedValue(Guid DatasetId, string Name, double Value, string Cell, Guid? Origin);
