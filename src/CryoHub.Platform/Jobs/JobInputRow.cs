namespace CryoHub.Platform.Jobs;

/// <summary>What a job reads. The name is absent where the reader may not see that data set.</summary>
public sealed record JobInputRow(string Role, Guid? DatasetId, int Signal, string? DatasetName, string Sha256);
