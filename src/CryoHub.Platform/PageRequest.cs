namespace CryoHub.Platform;

/// <summary>Which part of a list is wanted; never more than 200 rows at once.</summary>
public readonly record struct PageRequest
{
    public PageRequest(int? skip, int? take)
    {
        Skip = Math.Max(0, skip ?? 0);
        Take = Math.Clamp(take ?? 50, 1, 200);
    }

    public int Skip { get; }

    public int Take { get; }

    public static PageRequest First { get; } = new(0, 50);
}
