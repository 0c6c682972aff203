using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Igor;

/// <summary>Igor Pro: binary waves (.ibw, also of Asylum Research microscopes) and packed experiments (.pxp).</summary>
public sealed class IgorReader : IFormatReader
{
    private const int MostRecords = 100_000;
    private const int LongestText = 4 << 20;

    public FormatInfo Format { get; } = new(
        "igor", "Igor Pro (Asylum)", [".ibw", ".pxp", ".bwav"], "waves of versions 1, 2, 3 and 5 in both byte orders: numbers of up to four dimensions, complex numbers, texts; the waves and texts of packed experiments",
        "pictures, graphs and variables of experiments", "https://www.wavemetrics.net/doc/igorman/II-09%20Data%20Import%20Export.pdf");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".ibw" or ".bwav" => IgorHeader.IsOne(head) ? Match.Certain : Match.No,
        ".pxp" => IsExperiment(head) ? Match.Certain : Match.No,
        _ => Match.No,
    };

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct) =>
        file.Name.EndsWith(".pxp", StringComparison.OrdinalIgnoreCase) ? await ExperimentAsync(file, ct) : await IgorWave.OpenAsync(file.Bytes, ct);

    /// <summary>Records: type (the upper bit says that it was superseded), version, bytes, content.</summary>
    private static async Task<IReadOnlyList<ISignal>> ExperimentAsync(ISourceFile file, CancellationToken ct)
    {
        var bigEndian = (await file.Bytes.ReadBlockAsync(0, Math.Min(2, file.Bytes.Length), ct)) is [0, _];
        List<ISignal> signals = [];
        var at = 0L;
        for (var record = 0; at + 8 <= file.Bytes.Length; record++)
        {
            var reader = new BlockReader(await file.Bytes.ReadBlockAsync(at, 8, ct), bigEndian);
            var (type, _, bytes) = (reader.UInt16() & 0x7FFF, reader.Int16(), reader.Int32());
            if (bytes < 0 || bytes > file.Bytes.Length - at - 8 || record > MostRecords)
            {
                throw ProblemException.Unreadable($"Record {record} at byte {at} claims {bytes} bytes; {file.Bytes.Length - at - 8} are left.");
            }

            var content = new SliceSource(file.Bytes, at + 8, bytes);
            if (type == 3)
            {
                signals.AddRange(await WaveAsync(content, ct));
            }
            else if (type is 2 or 4 or 5 && bytes is > 0 and <= LongestText && Text(await content.ReadBlockAsync(0, bytes, ct)) is { Length: > 0 } text)
            {
                signals.Add(DocumentSignal.Of(type switch { 2 => "History", 4 => "Recreation", _ => "Procedure" }, text, new MetadataTree(new JsonObject { ["record"] = record })));
            }

            at += 8 + bytes;
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} holds no wave and no text.");
    }

    /// <summary>An experiment may keep waves without points.</summary>
    private static async Task<IReadOnlyList<ISignal>> WaveAsync(IByteSource content, CancellationToken ct)
    {
        var wave = await IgorHeader.ReadAsync(content, ct);
        return wave.Fields.Integer("npnts") == 0 ? [] : await IgorWave.OpenAsync(content, ct);
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes).Replace('\r', '\n').Trim('\0', '\n', ' ');

    private static bool IsExperiment(ReadOnlySpan<byte> head) =>
        head.Length >= 8 && ((head[0] is > 0 and < 32 && head[1] is 0 or 0x80 && BinaryPrimitives.ReadInt32LittleEndian(head[4..]) >= 0)
            || (head[1] is > 0 and < 32 && head[0] is 0 or 0x80 && BinaryPrimitives.ReadInt32BigEndian(head[4..]) >= 0));
}
