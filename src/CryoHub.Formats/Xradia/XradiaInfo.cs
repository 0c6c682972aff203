using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Ole;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Xradia;

/// <summary>The small streams that describe a file; they do not say their types, so those that are known by name are listed here.</summary>
internal sealed class XradiaInfo(OleFile ole)
{
    private const int LongestStream = 1 << 20;
    private const int LongestOriginal = 4096;
    private const int MostOriginals = 20_000;

    private static readonly HashSet<string> Integers =
    [
        "ImageWidth", "ImageHeight", "DataType", "NoOfImages", "NoOfImagesAveraged", "ImagesTaken", "CameraBinning", "CameraNo", "HorizontalBin", "VerticalBin", "VerticalalBin",
        "MosiacRows", "MosiacColumns", "NumOfAxes", "ReferenceInterval", "SourceFilterIndex",
    ];

    private static readonly HashSet<string> Floats =
    [
        "PixelSize", "Angles", "XPosition", "YPosition", "ZPosition", "ExpTimes", "ExpTime", "Energy", "Current", "Voltage", "StoRADistance", "DtoRADistance",
        "OpticalMagnification", "XrayMagnification", "XrayCurrent", "XrayVoltage", "IonChamberCurrent", "ConeAngle", "FanAngle", "CamPixelSize",
        "MotorPositions", "X-Shifts", "Y-Shifts", "GlobalMin", "GlobalMax", "MetrologyXShifts", "MetrologyYShifts",
    ];

    public async Task<int?> IntegerAsync(string name, CancellationToken ct)
    {
        var bytes = await BytesAsync($"ImageInfo/{name}", ct);
        return bytes.Length >= sizeof(int) ? BitConverter.ToInt32(bytes) : null;
    }

    public async Task<IReadOnlyList<float>> FloatsAsync(string name, CancellationToken ct)
    {
        var bytes = await BytesAsync($"ImageInfo/{name}", ct);
        return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, bytes.Length & ~3)).ToArray();
    }

    /// <summary>Texts that end with zeros.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string name, CancellationToken ct) =>
        Encoding.Latin1.GetString(await BytesAsync($"ImageInfo/{name}", ct)).Split('\0', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Every small stream under its own path: numbers where the type is known, text where it is text, else its bytes in hexadecimal.</summary>
    public async Task<JsonObject> OriginalAsync(CancellationToken ct)
    {
        var tree = new JsonObject();
        foreach (var path in ole.Names.Where(name => ole.LengthOf(name) is > 0 and <= LongestOriginal).Order(StringComparer.Ordinal).Take(MostOriginals))
        {
            tree[path] = Leaf(path[(path.LastIndexOf('/') + 1)..], await BytesAsync(path, ct));
        }

        return tree;
    }

    private static JsonNode? Leaf(string name, byte[] bytes)
    {
        if (Integers.Contains(name) && bytes.Length % 4 == 0)
        {
            return Numbers([.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(value => (double)value)]);
        }

        if (Floats.Contains(name) && bytes.Length % 4 == 0)
        {
            return Numbers([.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(value => (double)value)]);
        }

        var text = bytes.AsSpan(0, bytes.AsSpan().IndexOf((byte)0) is >= 0 and var end ? end : bytes.Length);
        if ((text.Length > 3 || text.Length == bytes.Length) && text.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0)
        {
            return Encoding.Latin1.GetString(text);
        }

        return Convert.ToHexString(bytes, 0, Math.Min(64, bytes.Length));
    }

    private static JsonNode Numbers(double[] numbers) => numbers.Length == 1 ? MetadataTree.Leaf(numbers[0]) : new JsonArray([.. numbers.Select(MetadataTree.Leaf)]);

    private async Task<byte[]> BytesAsync(string path, CancellationToken ct) =>
        ole.LengthOf(path) is >= 0 and <= LongestStream ? await ole.Stream(path)!.ReadBlockAsync(0, ole.LengthOf(path), ct) : [];
}
