using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.BrukerRaw;

/// <summary>RAW version 4: segments of a kind and a length, then for each range a head of 160 bytes, further segments and the values.</summary>
internal static class Raw4
{
    private const int HeadBytes = 61;
    private const int RangeHeadBytes = 160;
    private const int SegmentHead = 8;

    /// <summary>The head of the file and that of one range.</summary>
    public const int LeastBytes = HeadBytes + RangeHeadBytes;
    private const int TextSegment = 10;
    private const int MostRanges = 1000;

    // Kinds of a range: measured and, of other programs, 160.
    private const int Range = 0;
    private const int OtherRange = 160;

    public static IReadOnlyList<ISignal> Read(byte[] bytes, string name)
    {
        var original = new JsonObject { ["MEASURE_DATE"] = Text(bytes.AsSpan(12, 12)), ["MEASURE_TIME"] = Text(bytes.AsSpan(24, 10)) };
        List<ISignal> signals = [];
        long at = HeadBytes;
        while (at + SegmentHead <= bytes.Length)
        {
            var kind = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan((int)at));
            if (kind is Range or OtherRange)
            {
                if (signals.Count == MostRanges)
                {
                    throw ProblemException.Unreadable($"{name} holds more than {MostRanges} ranges.");
                }

                signals.Add(ReadRange(bytes, ref at, signals.Count == 0 ? name : FormattableString.Invariant($"{name}, range {signals.Count + 1}"), original));
            }
            else
            {
                at += Segment(bytes.AsSpan((int)at), original);
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{name} holds {original.Count} texts and no range.");
    }

    /// <summary>Bytes of the segment; a text is kept under its name.</summary>
    private static int Segment(ReadOnlySpan<byte> segment, JsonObject original)
    {
        // 0: kind, 4: length with this head, 12: name of 24 bytes, 36: text
        var length = BinaryPrimitives.ReadInt32LittleEndian(segment[4..]);
        if (length < SegmentHead || length > segment.Length)
        {
            throw ProblemException.Unreadable($"A segment of kind {BinaryPrimitives.ReadInt32LittleEndian(segment)} states {length} bytes; {segment.Length} are left.");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(segment) == TextSegment && length >= 36)
        {
            original[Text(segment[12..36])] = Text(segment[36..length]);
        }

        return length;
    }

    private static TableSignal ReadRange(byte[] bytes, ref long at, string name, JsonObject file)
    {
        if (at + RangeHeadBytes > bytes.Length)
        {
            throw ProblemException.Unreadable($"The head of {name} at {at} needs {RangeHeadBytes} bytes; the file ends at {bytes.Length}.");
        }

        // 4: steps, 32: kind of scan, 72: start, 80: step, 92: seconds a step, 112: wavelength, 136: bytes a value, 140: bytes of the segments that follow
        var head = bytes.AsSpan((int)at, RangeHeadBytes);
        var steps = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        var (start, step) = (BinaryPrimitives.ReadDoubleLittleEndian(head[72..]), BinaryPrimitives.ReadDoubleLittleEndian(head[80..]));
        var (valueBytes, extra) = (BinaryPrimitives.ReadUInt32LittleEndian(head[136..]), BinaryPrimitives.ReadUInt32LittleEndian(head[140..]));
        var data = at + RangeHeadBytes + extra;
        if (steps == 0 || valueBytes is < 4 or > 1024 || data + ((long)valueBytes * steps) > bytes.Length || !double.IsFinite(start) || !double.IsFinite(step))
        {
            throw ProblemException.Unreadable($"{name} states {steps} values of {valueBytes} bytes from {data}, from {start} in steps of {step}; the file ends at {bytes.Length}.");
        }

        var angles = new double[steps];
        var counts = new double[steps];
        for (var i = 0; i < angles.Length; i++)
        {
            angles[i] = start + (i * step);
            counts[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan((int)(data + (i * (long)valueBytes))));
        }

        var original = file.DeepClone().AsObject();
        for (var segment = at + RangeHeadBytes; segment + SegmentHead <= data;)
        {
            segment += Segment(bytes.AsSpan((int)segment, (int)(data - segment)), original);
        }

        var seconds = BinaryPrimitives.ReadSingleLittleEndian(head[92..]);
        original["SCAN_TYPE"] = Text(head[32..56]);
        original["START_2THETA"] = MetadataTree.Leaf(start);
        original["STEP_SIZE"] = MetadataTree.Leaf(step);
        original["TIME_PER_STEP"] = MetadataTree.Leaf(Shortest(seconds));
        original["USED_LAMBDA"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(head[112..]));
        original["VALUE_BYTES"] = valueBytes;
        at = data + ((long)valueBytes * steps);
        var metadata = new AcquisitionMetadata { ExposureS = float.IsFinite(seconds) && seconds > 0 ? Shortest(seconds) : null };
        return TableSignal.Of(name, SignalKind.Trace, [new TableColumn("2Theta", "deg", angles), new TableColumn("counts", "", counts)], metadata, new MetadataTree(original));
    }

    private static string Text(ReadOnlySpan<byte> field) => Encoding.Latin1.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field).Trim();

    /// <summary>0.1f is written as 0.1, not as 0.10000000149.</summary>
    private static double Shortest(float value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
