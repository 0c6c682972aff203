namespace CryoHub.Platform.Crates;

/// <summary>A result whose numbers, curves and tables are written when its turn comes.</summary>
internal sealed record CrateResult(Guid Id, Guid ProjectId, string Title, IReadOnlyList<CrateObject> Objects);
