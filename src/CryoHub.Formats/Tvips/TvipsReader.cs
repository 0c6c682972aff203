using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Tvips;

/// <summary>Recordings of TVIPS cameras: part 000 has the header, parts 001, 002 ... beside it go on with frames.</summary>
public sealed partial class TvipsReader : IFormatReader
{
    private const int MostParts = 1000;
    private const int Diffraction = 2;

    // Of the frame header of version 2: name, byte, real number.
    private static readonly (string Name, int Offset, bool IsReal)[] FrameFields =
    [
        ("num", 0, false), ("timestamp", 4, false), ("ms", 8, false), ("LUTidx", 12, false), ("fcurrent", 16, true), ("mag", 20, false), ("mode", 24, false), ("stagex", 28, true),
        ("stagey", 32, true), ("stagez", 36, true), ("stagea", 40, true), ("stageb", 44, true), ("rotidx", 48, false), ("temperature", 52, true), ("objective", 56, true),
    ];

    public FormatInfo Format { get; } = new(
        "tvips",
        "TVIPS recording",
        [".tvips"],
        "versions 1 and 2, 8, 16 and 32 bits, all parts as one series, times of the frames, pixel size",
        "the scan grid of 4D recordings (frames are a series)",
        "https://hyperspy.org/rosettasciio/supported_formats/tvips.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (!fileName.EndsWith(".tvips", StringComparison.OrdinalIgnoreCase) || head.IsEmpty)
        {
            return Match.No;
        }

        // Parts after the first begin with a frame.
        return head.Length < TvipsHeader.Length || !new TvipsHeader(head[..TvipsHeader.Length].ToArray()).IsPlausible ? Match.Maybe : Match.Certain;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var parts = Parts(file);
        if (parts[0].Length < TvipsHeader.Length)
        {
            throw ProblemException.Unreadable($"A TVIPS header takes {TvipsHeader.Length} bytes; {file.Name} holds {parts[0].Length}.");
        }

        var header = new TvipsHeader(await parts[0].ReadBlockAsync(0, TvipsHeader.Length, ct));
        if (!header.IsPlausible || header.FrameHeaderBytes is < 12 or > 1 << 20)
        {
            throw ProblemException.Unreadable($"{file.Name} states version {header.Version}, {header.Columns} x {header.Rows} pixels of {header.Bits} bits and frame headers of {header.FrameHeaderBytes} bytes; versions 1 and 2 with 8, 16 or 32 bits are known.");
        }

        return [await OpenAsync(file.Name, header, parts, ct)];
    }

    private static async Task<ISignal> OpenAsync(string name, TvipsHeader header, List<IByteSource> parts, CancellationToken ct)
    {
        var pixel = header.Bits switch { 8 => PixelType.UInt8, 16 => PixelType.UInt16, _ => PixelType.UInt32 };
        var record = header.FrameHeaderBytes + ((long)header.Columns * header.Rows * pixel.Bytes());
        List<IByteSource> frames = [];
        foreach (var (part, start) in parts.Select((part, index) => (part, index == 0 ? Math.Min(header.Size, part.Length) : 0)))
        {
            frames.Add(new SliceSource(part, start, (part.Length - start) / record * record));   // what a broken-off recording leaves of its last frame is no frame
        }

        var all = new JoinedSource(frames);
        var count = all.Length / record;
        if (count == 0)
        {
            throw ProblemException.Unreadable($"One frame takes {record} bytes; {name} holds {parts[0].Length - header.Size} behind its header.");
        }

        var (first, last) = (await all.ReadBlockAsync(0, header.FrameHeaderBytes, ct), await all.ReadBlockAsync((count - 1) * record,
            header.FrameHeaderBytes, ct));
        var isDiffraction = header.Version == 2 && first.Length >= 60 && Word(first, 24) == Diffraction;
        var unit = header.PixelSize == 0 ? "" : isDiffraction ? "1/nm" : "nm";
        var role = isDiffraction ? AxisRole.Reciprocal : AxisRole.Space;
        var step = Math.Max(1, header.PixelSize);
        List<Axis> axes = [Time(count, Seconds(first), Seconds(last)), new Axis(isDiffraction
            ? "dy" : "y", header.Rows, unit, role, step), new Axis(isDiffraction ? "dx" : "x", header.Columns, unit, role, step)];
        var original = new JsonObject { ["header"] = header.Original(), ["firstFrame"] = Fields(first), ["lastFrame"] = Fields(last), ["parts"] = parts.Count };
        var metadata = new AcquisitionMetadata
        {
            BeamEnergyKeV = header.HighTension > 0 ? header.HighTension : null,
            Magnification = header.Magnification > 0 ? header.Magnification : null,
            AcquiredAt = Word(first, 4) > 0
                ? DateTime.UnixEpoch.AddSeconds(Seconds(first)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF", CultureInfo.InvariantCulture) : null,
            TiltDeg = first.Length >= 60 && BitConverter.ToSingle(first, 40) is var tilt && float.IsFinite(tilt) && tilt != 0 ? tilt : null,
        };
        var stem = Part().Match(name) is { Success: true } match ? match.Groups["stem"].Value.TrimEnd('_') : Path.GetFileNameWithoutExtension(name);
        var signal = new SignalHeader(stem, SignalKind.ImageStack, pixel, axes, metadata, new MetadataTree(original));
        return RawSignal.Of(signal, all, header.FrameHeaderBytes, gap: header.FrameHeaderBytes);
    }

    /// <summary>All parts, the one with the header first, whichever was opened.</summary>
    private static List<IByteSource> Parts(ISourceFile file)
    {
        if (Part().Match(file.Name) is not { Success: true } name)
        {
            return [file.Bytes];
        }

        var number = int.Parse(name.Groups["number"].Value, CultureInfo.InvariantCulture);
        List<IByteSource> parts = [];
        for (var part = 0; part < MostParts; part++)
        {
            var found = part == number ? file.Bytes : file.Sibling($"{name.Groups["stem"].Value}{part:000}{name.Groups["ending"].Value}");
            if (found is null && part == 0)
            {
                throw ProblemException.Unreadable($"{file.Name} is part {number} of a recording; part 000, which has the header, did not come with it.");
            }

            if (found is null)
            {
                break;
            }

            parts.Add(found);
        }

        return parts;
    }

    /// <summary>Seconds since 1970, and milliseconds.</summary>
    private static double Seconds(byte[] frame) => Word(frame, 4) + (Word(frame, 8) / 1000.0);

    /// <summary>The clock of the frame headers where it runs.</summary>
    private static Axis Time(long count, double first, double last) => count > 1 && last > first
        ? new Axis("time", count, "s", AxisRole.Time, (last - first) / (count - 1))
        : new Axis("time", count, "", AxisRole.Time);

    private static JsonObject Fields(byte[] frame)
    {
        var tree = new JsonObject();
        foreach (var (name, offset, isReal) in FrameFields.Where(field => field.Offset + 4 <= frame.Length))
        {
            tree[name] = isReal ? MetadataTree.Leaf(BitConverter.ToSingle(frame, offset)) : Word(frame, offset);
        }

        return tree;
    }

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    [GeneratedRegex(@"^(?<stem>.*_)(?<number>\d{3})(?<ending>\.tvips)$", RegexOptions.IgnoreCase)]
    private static partial Regex Part();
}
