namespace CryoHub.HostileReaders;

/// <summary>Damages files the way the contract tests do: seeded, so that a round can be repeated alone.</summary>
public static class Mutations
{
    /// <summary>A copy with one to eight damaged places, most of them in the first 2 KiB where the structure is: extreme numbers, noise, single bits.</summary>
    public static byte[] Of(ReadOnlySpan<byte> original, int seed)
    {
        var bytes = original.ToArray();
        var random = new Random(seed);
        for (var places = random.Next(1, 9); places > 0; places--)
        {
            var at = random.Next(random.Next(4) == 0 ? bytes.Length : Math.Min(2048, bytes.Length));
            var run = bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at));
            switch (random.Next(4))
            {
                case 0: run.Fill(0xFF); break;
                case 1: run.Clear(); break;
                case 2: random.NextBytes(run); break;
                default: run[0] ^= (byte)(1 << random.Next(8)); break;
            }
        }

        return bytes;
    }
}
