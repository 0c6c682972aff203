using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.DigitalSurf;

/// <summary>One object of a file: a head of 512 bytes, a comment, a private part and the points, packed or not.</summary>
/// <param name="Fields">The head.</param>
/// <param name="Comment">Text with the parameters of the instrument.</param>
/// <param name="Points">The points as they are stored, 16 or 32 bit.</param>
/// <param name="BigEndian">Order of their bytes.</param>
/// <param name="End">Where the next object begins.</param>
internal sealed record SurfaceObject(JsonObject Fields, string Comment, IByteSource Points, bool BigEndian, long End)
{
    private const int HeadBytes = 512;
    private const int MostStreams = 64;
    private const long BestRatio = 1032;    // of deflate

    private const string Layout =
        "Signature s12, Format i2, Number_of_Objects i2, Version i2, Object_Type i2, Object_Name s30, Operator_Name s30, P_Size i2, Acquisition_Type i2, Range_Type i2, "
        + "Special_Points i2, Absolute i2, Gauge_Resolution f4, W_Size i4, Size_of_Points i2, Zmin i4, Zmax i4, Number_of_Points i4, Number_of_Lines i4, Total_Nb_of_Pts i4, "
        + "X_Spacing f4, Y_Spacing f4, Z_Spacing f4, Name_of_X_Axis s16, Name_of_Y_Axis s16, Name_of_Z_Axis s16, X_Step_Unit s16, Y_Step_Unit s16, Z_Step_Unit s16, "
        + "X_Length_Unit s16, Y_Length_Unit s16, Z_Length_Unit s16, X_Unit_Ratio f4, Y_Unit_Ratio f4, Z_Unit_Ratio f4, Imprint i2, Inverted i2, Levelled i2, x12, Seconds i2, "
        + "Minutes i2, Hours i2, Day i2, Month i2, Year i2, Day_of_week i2, Measurement_duration f4, Compressed_data_size u4, x6, Comment_size u2, Private_size u2, x128, "
        + "X_Offset f4, Y_Offset f4, Z_Offset f4, T_Spacing f4, T_Offset f4, T_Axis_Name s13, T_Step_Unit s13";

    public int PointBytes => Fields.Integer("Size_of_Points") switch
    {
        16 => 2,
        32 => 4,
        var bits => throw ProblemException.Unreadable($"The points are said to have {bits} bits; 16 and 32 are possible."),
    };

    public long Columns => Fields.Integer("Number_of_Points");

    public long Lines => Fields.Integer("Number_of_Lines");

    /// <summary>Value of a stored number: its distance to the smallest one, scaled, and an offset.</summary>
    public SurfaceScale Scale => new(
        Fields.Integer("Zmin"), Fields.Number("Z_Spacing") ?? 1, Fields.Number("Z_Unit_Ratio") ?? 1, Fields.Number("Z_Offset") ?? 0, Fields.Integer("Special_Points") == 1);

    /// <summary>The largest value that the head promises.</summary>
    public double Largest => Scale.Value((int)Math.Clamp(Fields.Integer("Zmax"), int.MinValue, int.MaxValue));

    public static async Task<SurfaceObject> ReadAsync(IByteSource file, long at, CancellationToken ct)
    {
        var head = await file.ReadBlockAsync(at, HeadBytes, ct);
        var bigEndian = BinaryPrimitives.ReadInt16LittleEndian(head.AsSpan(12)) == 257;     // 12: 0 written by PCs, 257 by Macintosh computers
        var fields = new BlockReader(head, bigEndian).Fields(Layout);
        var comment = await file.ReadBlockAsync(at + HeadBytes, fields.Integer("Comment_size"), ct);
        var text = System.Text.Encoding.Latin1.GetString(comment).Trim('\0', ' ', '\r', '\n');
        var points = at + HeadBytes + comment.Length + fields.Integer("Private_size");
        return fields.Text("Signature") == "DSCOMPRESSED"
            ? await PackedAsync(file, points, bigEndian, fields, text, ct)
            : Plain(file, points, bigEndian, fields, text);
    }

    private static SurfaceObject Plain(IByteSource file, long at, bool bigEndian, JsonObject fields, string text)
    {
        var bytes = (Int128)fields.Integer("Total_Nb_of_Pts") * Math.Max(1, fields.Integer("W_Size")) * (fields.Integer("Size_of_Points") / 8);
        return bytes >= 0 && bytes <= file.Length - at
            ? new SurfaceObject(fields, text, new SliceSource(file, at, (long)bytes), bigEndian, at + (long)bytes)
            : throw ProblemException.Unreadable($"The object promises {fields.Integer("Total_Nb_of_Pts")} points, {bytes} bytes from byte {at}; the file holds {file.Length}.");
    }

    /// <summary>Points are packed in up to eight streams, one after the other.</summary>
    private static async Task<SurfaceObject> PackedAsync(IByteSource file, long at, bool bigEndian, JsonObject fields, string text, CancellationToken ct)
    {
        var count = new BlockReader(await file.ReadBlockAsync(at, 4, ct), bigEndian).UInt32();
        if (count > MostStreams)
        {
            throw ProblemException.Unreadable($"The points are said to be packed in {count} streams; at most {MostStreams} are possible.");
        }

        var sizes = new BlockReader(await file.ReadBlockAsync(at + 4, 8L * count, ct), bigEndian);
        at += 4 + (8L * count);
        List<IByteSource> streams = [];
        for (var stream = 0; stream < count; stream++)
        {
            var (raw, packed) = (sizes.UInt32(), sizes.UInt32());
            if (raw > (packed * BestRatio) + BestRatio)
            {
                throw ProblemException.Unreadable($"Stream {stream} promises {raw} bytes out of {packed} packed ones; deflate cannot do that.");
            }

            var slice = new SliceSource(file, at, packed);
            streams.Add(new UnpackingSource(() => new ZLibStream(new ByteSourceStream(slice), CompressionMode.Decompress), raw));
            at += packed;
        }

        return new SurfaceObject(fields, text, streams is [var only] ? only : new JoinedSource(streams), bigEndian, at);
    }
}
