using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.BrukerRaw;

/// <summary>Siemens' Diffrac AT: version 1 (<c>RAW </c>), a chain of ranges, and version 2 (<c>RAW2</c>), whose head counts them. Little endian, float32 counts.</summary>
internal static class Raw12
{
    private const int FirstHead = 152;          // of a range of version 1 without its four letters
    private const int SecondHead = 48;
    private const float Unknown = -1e6f;

    public static IReadOnlyList<ISignal> Read(byte[] bytes, string name) => bytes[3] == (byte)'2' ? Second(new BlockReader(bytes), name) : First(new BlockReader(bytes), name);

    private static List<ISignal> First(BlockReader file, string name)
    {
        List<(double Start, double Step, double[] Counts, JsonObject Original)> ranges = [];
        file.Skip(4);
        for (var left = 1u; left > 0;)
        {
            // Later programs write the four letters before every range.
            if (ranges.Count > 0 && file.Remaining > 4 && file.Take(4).SequenceEqual("RAW "u8) is false)
            {
                file.MoveTo(file.Position - 4);
            }

            var head = new BlockReader(file.Take(FirstHead).ToArray());
            var (steps, seconds, step, mode) = (head.UInt32(), head.Float32(), head.Float32(), head.UInt32());
            var start = head.Skip(4).Float32();
            var original = new JsonObject { ["MEASUREMENT_TIME_PER_STEP"] = MetadataTree.Leaf(PowderPattern.Shortest(seconds)), ["SCAN_MODE"] = mode };
            foreach (var drive in (string[])["THETA_START", "KHI_START", "PHI_START"])
            {
                if (head.Float32() is var angle && angle != Unknown)
                {
                    original[drive] = MetadataTree.Leaf(PowderPattern.Shortest(angle));
                }
            }

            original["SAMPLE_NAME"] = head.Text(32);
            original["K_ALPHA1"] = MetadataTree.Leaf(PowderPattern.Shortest(head.Float32()));
            original["K_ALPHA2"] = MetadataTree.Leaf(PowderPattern.Shortest(head.Float32()));
            left = head.Skip(72).UInt32();
            ranges.Add((PowderPattern.Shortest(start), PowderPattern.Shortest(step), Counts(file, steps), original));
        }

        return [.. ranges.Select((range, i) => (ISignal)PowderPattern.Of(
            PowderPattern.Name(name, i + 1, ranges.Count), range.Start, range.Step, range.Counts, (double)range.Original["MEASUREMENT_TIME_PER_STEP"]!, range.Original))];
    }

    private static List<ISignal> Second(BlockReader file, string name)
    {
        var count = file.Skip(4).UInt16();
        file.Skip(162);
        var head = new JsonObject { ["DATE_TIME_MEASURE"] = file.Text(20), ["ANODE_MATERIAL"] = file.Text(2) };
        foreach (var key in (string[])["LAMBDA1", "LAMBDA2", "INTENSITY_RATIO"])
        {
            head[key] = MetadataTree.Leaf(PowderPattern.Shortest(file.Float32()));
        }

        head["TOTAL_SAMPLE_RUNTIME_IN_SEC"] = MetadataTree.Leaf(PowderPattern.Shortest(file.Skip(8).Float32()));
        file.Skip(42);
        List<ISignal> signals = [];
        for (var i = 1; i <= count; i++)
        {
            var (length, steps) = (file.UInt16(), file.UInt16());
            if (length < SecondHead)
            {
                throw ProblemException.Unreadable($"Range {i} of {name} states a head of {length} bytes; it has at least {SecondHead}.");
            }

            var seconds = PowderPattern.Shortest(file.Skip(4).Float32());
            var (step, start) = (PowderPattern.Shortest(file.Float32()), PowderPattern.Shortest(file.Float32()));
            var kelvin = file.Skip(26).UInt16();
            file.Skip(length - SecondHead);
            var original = new JsonObject { ["file"] = head.DeepClone(), ["range"] = new JsonObject { ["SEC_PER_STEP"] = MetadataTree.Leaf(seconds), ["TEMP_IN_K"] = kelvin } };
            signals.Add(PowderPattern.Of(PowderPattern.Name(name, i, count), start, step, Counts(file, steps), seconds, original));
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{name} states that it has no range.");
    }

    private static double[] Counts(BlockReader file, uint steps)
    {
        var values = new BlockReader(file.Take(4L * steps).ToArray());
        var counts = new double[steps];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = values.Float32();
        }

        return counts;
    }
}
