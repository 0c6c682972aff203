using CryoHub.Imaging;

namespace CryoHub.Platform.Uploads;

/// <summary>How a file of a given size is cut: parts of equal size but the last, at least 8 MiB, at most 10,000. An empty file is one empty part.</summary>
public readonly record struct PartPlan(long Size, long PartSize, int PartCount)
{
    public const int MaxParts = 10_000;
    public const long MaxSize = 5L << 40;   // 5 TiB, the limit of S3

    private const long MinPart = 8 << 20;
    private const long Unit = 1 << 20;

    public static PartPlan For(long size)
    {
        if (size is < 0 or > MaxSize)
        {
            throw ProblemException.Invalid($"A file has 0 to {MaxSize} bytes (5 TiB); {size} were announced.");
        }

        var needed = (size + MaxParts - 1) / MaxParts;
        var part = Math.Max(MinPart, (needed + Unit - 1) / Unit * Unit);
        return new PartPlan(size, part, (int)Math.Max(1, (size + part - 1) / part));
    }

    /// <summary>Bytes of part <paramref name="number"/>, counted from 1.</summary>
    public long SizeOf(int number) => number < PartCount ? PartSize : Size - ((PartCount - 1) * PartSize);
}
