namespace CryoHub.HostileReaders.Fuzz;

/// <summary>What is done to a file in one round: the same round of the same seed does the same.</summary>
public static class Mutation
{
    // Numbers at which lengths, counts and offsets tip over.
    private static readonly long[] Extremes = [0, 1, -1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, long.MaxValue, long.MinValue];

    public static byte[] Of(byte[] original, int seed, int round)
    {
        var random = new Random(unchecked((seed * 1_000_003) + round));
        var bytes = random.Next(20) == 0 ? original[..random.Next(original.Length + 1)] : (byte[])original.Clone();
        for (var places = random.Next(1, 9); places > 0 && bytes.Length > 0; places--)
        {
            // Most structure stands at the beginning, some at the end.
            var at = random.Next(8) switch
            {
                0 or 1 => random.Next(bytes.Length),
                2 => bytes.Length - 1 - random.Next(Math.Min(1024, bytes.Length)),
                _ => random.Next(Math.Min(2048, bytes.Length)),
            };
            bytes = Change(bytes, at, random);
        }

        return bytes;
    }

    private static byte[] Change(byte[] bytes, int at, Random random)
    {
        var run = bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at));
        switch (random.Next(8))
        {
            case 0:
                run.Fill(0xFF);
                break;
            case 1:
                run.Clear();
                break;
            case 2:
                random.NextBytes(run);
                break;
            case 3:
                Number(run, Extremes[random.Next(Extremes.Length)], random.Next(2) == 0);
                break;
            case 4:   // text: a number where there was none, or a longer one
                run.Fill((byte)('0' + random.Next(10)));
                break;
            case 5:   // a part comes twice
                return [.. bytes[..at], .. bytes.AsSpan(at, Math.Min(random.Next(1, 65), bytes.Length - at)), .. bytes[at..]];
            case 6:   // a part is missing
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 65))..]];
            default:
                run[0] ^= (byte)(1 << random.Next(8));
                break;
        }

        return bytes;
    }

    private static void Number(Span<byte> run, long value, bool isBigEndian)
    {
        for (var i = 0; i < run.Length; i++)
        {
            run[i] = (byte)(value >> (8 * (isBigEndian ? run.Length - 1 - i : i) & 63));
        }
    }
}
