using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Statistics;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Npy;

/// <summary>A list of records of numbers is a table: one column a field.</summary>
internal static class NpyRecords
{
    private const long LargestTable = 256L << 20;

    /// <summary><c>null</c> where the fields are not all single numbers.</summary>
    public static async Task<ISignal?> OpenAsync(string name, NpyHeader header, IByteSource file, MetadataTree original, CancellationToken ct)
    {
        if (header.Type is not JsonArray fields || header.Shape.Count != 1 || Fields(fields) is not { Count: > 0 } known)
        {
            return null;
        }

        var width = known.Sum(field => field.Type.Pixel.Bytes());
        var rows = header.Shape[0];
        if (rows > Math.Min(LargestTable, file.Length - header.DataOffset) / width)
        {
            throw ProblemException.Unreadable($"{name} promises {rows} records of {width} bytes; {file.Length - header.DataOffset} bytes are left, {LargestTable} are read at most.");
        }

        var bytes = await file.ReadBlockAsync(header.DataOffset, rows * width, ct);
        List<TableColumn> columns = [];
        var at = 0;
        foreach (var (field, type) in known)
        {
            columns.Add(new TableColumn(field, "", Column(bytes, at, width, type)));
            at += type.Pixel.Bytes();
        }

        return TableSignal.Of(name, SignalKind.Table, columns, AcquisitionMetadata.None, original);
    }

    private static List<(string Name, NpyType Type)>? Fields(JsonArray fields)
    {
        List<(string, NpyType)> known = [];
        foreach (var field in fields)
        {
            if (field is not JsonArray { Count: 2 } pair || pair[0] is not JsonValue name || pair[1] is not JsonValue code
                || NpyType.Number(code.ToString()) is not { } type || type.Pixel.IsComplex())
            {
                return null;
            }

            known.Add((name.ToString(), type));
        }

        return known;
    }

    private static double[] Column(byte[] records, int at, int width, NpyType type)
    {
        var size = type.Pixel.Bytes();
        var numbers = new byte[records.Length / width * size];
        for (var row = 0; row < records.Length / width; row++)
        {
            records.AsSpan((row * width) + at, size).CopyTo(numbers.AsSpan(row * size));
        }

        if (type.BigEndian)
        {
            ByteOrder.Reverse(type.Pixel, numbers);
        }

        var values = new double[records.Length / width];
        PixelConversion.ToDouble(type.Pixel, numbers, values);
        return values;
    }
}
