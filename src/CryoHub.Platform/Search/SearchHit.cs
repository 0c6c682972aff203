namespace CryoHub.Platform.Search;

public sealed record SearchHit(SearchKind Kind, Guid Id, string Name, Guid ProjectId, string ProjectName, double Rank);
