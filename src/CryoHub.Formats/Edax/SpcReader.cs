using System.Buffers.Binary;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Edax;

/// <summary>Single X-ray spectra of EDAX Genesis and TEAM.</summary>
public sealed class SpcReader : IFormatReader
{
    private const int MostChannels = 4096;

    public FormatInfo Format { get; } = new(
        "edax-spc", "EDAX spectrum", [".spc"], "one spectrum with its energy calibration, detector, time and identified elements", "peak fits and labels are kept as metadata only",
        "https://hyperspy.org/rosettasciio/file_specification/edax.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (head.Length < SpcHeader.HeadBytes)
        {
            return head.Length > 0 && fileName.EndsWith(".spc", StringComparison.OrdinalIgnoreCase) && IsVersion(head) ? Match.Maybe : Match.No;
        }

        // 0: version 0.6 to 0.8; 28: the counts stand at 3840; 32: number of channels
        var isOne = IsVersion(head) && BinaryPrimitives.ReadInt32LittleEndian(head[28..]) == SpcHeader.HeadBytes
            && BinaryPrimitives.ReadInt16LittleEndian(head[32..]) is > 0 and <= MostChannels;
        return isOne ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var spc = SpcHeader.Parse(await file.Bytes.ReadBlockAsync(0, Math.Min(SpcHeader.HeadBytes, file.Bytes.Length), ct));
        if (spc.Points is < 1 or > MostChannels)
        {
            throw ProblemException.Unreadable($"The spectrum states {spc.Points} channels; 1 to {MostChannels} are possible.");
        }

        var header = new SignalHeader(
            Path.GetFileNameWithoutExtension(file.Name), SignalKind.Spectrum, PixelType.UInt32, [spc.Energy(spc.Points)], spc.Metadata, new MetadataTree(spc.Original));
        return [RawSignal.Of(header, file.Bytes, spc.DataStart)];
    }

    private static bool IsVersion(ReadOnlySpan<byte> head) => head.Length >= 4 && BinaryPrimitives.ReadSingleLittleEndian(head) is > 0.3f and < 1.5f;
}
