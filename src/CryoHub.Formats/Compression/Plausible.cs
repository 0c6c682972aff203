namespace CryoHub.Formats.Compression;

/// <summary>What a packed chunk may claim to become: the best of the filters, deflate, gives 1032 for 1.</summary>
internal static class Plausible
{
    private const long LargestRatio = 1100;
    private const long LeastBound = 1 << 20;

    /// <summary>Largest block within a chunk; writers use 8 KiB.</summary>
    public const long LargestBlock = 1 << 26;

    public static bool Is(long packed, long plain) => plain > 0 && plain <= Array.MaxLength && plain <= (packed * LargestRatio) + LeastBound;
}
