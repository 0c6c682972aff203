namespace CryoHub.Platform.Search;

/// <summary>Something found. Named members, not a constructor: the database sorts by them.</summary>
public sealed record SearchHit
{
    public SearchKind Kind { get; init; }

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public Guid ProjectId { get; init; }

    public string ProjectName { get; init; } = "";

    /// <summary>How well it matches; only the order means something.</summary>
    public double Rank { get; init; }
}
