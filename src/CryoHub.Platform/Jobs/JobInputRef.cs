namespace CryoHub.Platform.Jobs;

/// <summary>One signal of a data set in one role.</summary>
public sealed record JobInputRef(string Role, Guid DatasetId, int Signal);
