using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Statistics;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.WinSpec;

/// <summary>Princeton Instruments WinSpec and WinView (.spe, versions 2 and 3): one line as a table over its calibrated axis, otherwise frames.</summary>
public sealed class SpeReader : IFormatReader
{
    private const int HeadBytes = 4100;

    // 2996: number that the programs write into every head
    private const int Identity = 0x01234567;

    public FormatInfo Format { get; } = new(
        "princeton-spe", "Princeton Instruments SPE", [".spe"], "lines with their polynomial calibration, frames and series of frames of all number types; versions 2 and 3",
        "several regions of interest in one frame, the XML of version 3", "https://github.com/wojdyr/xylib");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.Length >= 3000 && BinaryPrimitives.ReadInt32LittleEndian(head[2996..]) == Identity && fileName.EndsWith(".spe", StringComparison.OrdinalIgnoreCase) ? Match.Certain
            : head.Length >= 3000 && BinaryPrimitives.ReadInt32LittleEndian(head[2996..]) == Identity ? Match.Maybe : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var head = await file.Bytes.ReadBlockAsync(0, HeadBytes, ct);

        // 42: columns, 108: number type, 656: rows, 1446: frames
        var (columns, rows, frames) = (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(42)), BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(656)), BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1446)));
        var pixel = BinaryPrimitives.ReadInt16LittleEndian(head.AsSpan(108)) switch
        {
            0 => PixelType.Float32,
            1 => PixelType.Int32,
            2 => PixelType.Int16,
            3 => PixelType.UInt16,
            5 => PixelType.Float64,
            6 => PixelType.UInt8,
            8 => PixelType.UInt32,
            var other => throw ProblemException.Unreadable($"{file.Name} states number type {other}; known are 0 (float32), 1 (int32), 2 (int16), 3 (uint16), 5 (float64), 6 (uint8) and 8 (uint32)."),
        };
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var calibration = Calibration(head, columns);
        List<Axis> axes = [new Axis("y", rows, "", AxisRole.Space), calibration ?? new Axis("x", columns, "", AxisRole.Space)];
        if (frames > 1)
        {
            axes.Insert(0, new Axis("frame", frames, "", AxisRole.Frame));
        }

        var kind = frames > 1 ? SignalKind.ImageStack : SignalKind.Image;
        var header = new SignalHeader(name, kind, pixel, axes, Metadata(head), new MetadataTree(Original(head))) { ValueUnit = "counts" };
        PixelBudget.Check(header, file.Bytes.Length - HeadBytes);
        var pixels = RawSignal.Of(header, file.Bytes, HeadBytes);
        return rows == 1 && frames <= 1 ? [await LineAsync(pixels, calibration, ct)] : [pixels];
    }

    private static async Task<ISignal> LineAsync(ISignal line, Axis? calibration, CancellationToken ct)
    {
        var bytes = new byte[line.Header.FrameBytes];
        await line.ReadFrameAsync(0, bytes, ct);
        var values = new double[line.Header.PixelCount];
        PixelConversion.ToDouble(line.Header.Pixel, bytes, values);
        var positions = Enumerable.Range(0, values.Length).Select(i => calibration?.At(i) ?? i).ToArray();
        var (axis, unit) = calibration is null ? ("pixel", "") : (calibration.Name, calibration.Unit);
        return TableSignal.Of(line.Header.Name, SignalKind.Trace, [new TableColumn(axis, unit, positions), new TableColumn("intensity", "counts", values)], line.Header.Metadata, line.Header.Original);
    }

    /// <summary>The polynomial over pixels counted from 1; none where the file says that there is none.</summary>
    private static Axis? Calibration(ReadOnlySpan<byte> head, int columns)
    {
        // 3017: label with its unit in brackets, 3098: valid, 3101: order, 3263: six coefficients
        var order = head[3101];
        if (head[3098] == 0 || order is < 1 or > 5)
        {
            return null;
        }

        var coefficients = new double[order + 1];
        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = BinaryPrimitives.ReadDoubleLittleEndian(head[(3263 + (8 * i))..]);
        }

        if (!Array.TrueForAll(coefficients, double.IsFinite) || columns == 0)
        {
            return null;
        }

        var values = new double[columns];
        for (var i = 0; i < columns; i++)
        {
            for (var power = order; power < 255; power--)
            {
                values[i] = (values[i] * (i + 1)) + coefficients[power];
            }
        }

        var label = Text(head.Slice(3017, 40));
        var unit = ColumnUnit.Of(label);
        return new Axis(label.Length > 0 ? label : "x", columns, unit, AxisRole.Energy, Values: values);
    }

    private static AcquisitionMetadata Metadata(ReadOnlySpan<byte> head)
    {
        // 10: seconds of exposure, 20: date as 21Dec2006, 172: time as 154501
        var seconds = BinaryPrimitives.ReadSingleLittleEndian(head[10..]);
        var stamp = $"{Text(head.Slice(20, 10))} {Text(head.Slice(172, 7))}";
        return new()
        {
            ExposureS = float.IsFinite(seconds) && seconds > 0 ? Shortest(seconds) : null,
            AcquiredAt = DateTime.TryParseExact(stamp, "ddMMMyyyy HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment.ToString("s", CultureInfo.InvariantCulture) : null,
        };
    }

    private static JsonObject Original(byte[] head) => new()
    {
        ["exp_sec"] = MetadataTree.Leaf(Shortest(BinaryPrimitives.ReadSingleLittleEndian(head.AsSpan(10)))),
        ["date"] = Text(head.AsSpan(20, 10)),
        ["DetTemperature"] = MetadataTree.Leaf(Shortest(BinaryPrimitives.ReadSingleLittleEndian(head.AsSpan(36)))),
        ["SpecCenterWlNm"] = MetadataTree.Leaf(Shortest(BinaryPrimitives.ReadSingleLittleEndian(head.AsSpan(72)))),
        ["ExperimentTimeLocal"] = Text(head.AsSpan(172, 7)),
        ["ExperimentTimeUTC"] = Text(head.AsSpan(179, 7)),
        ["gain"] = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(198)),
        ["Comments"] = new JsonArray([.. Enumerable.Range(0, 5).Select(i => Comment(head, i)).Where(line => line.Length > 0).Select(line => JsonValue.Create(line))]),
        ["SpecGrooves"] = MetadataTree.Leaf(Shortest(BinaryPrimitives.ReadSingleLittleEndian(head.AsSpan(650)))),
        ["lavgexp"] = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(668)),
        ["file_header_ver"] = MetadataTree.Leaf(Shortest(BinaryPrimitives.ReadSingleLittleEndian(head.AsSpan(1992)))),
        ["x calibration"] = Text(head.AsSpan(3017, 40)),
    };

    private static string Comment(byte[] head, int line) => Text(head.AsSpan(200 + (80 * line), 80));

    private static string Text(ReadOnlySpan<byte> field) => Encoding.Latin1.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field).Trim();

    private static double Shortest(float value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
