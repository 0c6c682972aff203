using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Phenom;

/// <summary>Projects of Phenom's element identification: images with their spectra, lines and maps. The file is packed with bzip2, which is undone before it comes here.</summary>
public sealed class PhenomReader : IFormatReader
{
    private const int NewestVersion = 4;

    public FormatInfo Format { get; } = new(
        "phenom-elid", "Phenom element identification", [".elid"], "format versions 0 to 4: images with calibration, spot, region and sum spectra, lines and maps", "projects of programs before 3.8 (gzip)",
        "https://hyperspy.org/rosettasciio/supported_formats/phenom.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.Length >= 12 && head.StartsWith("EID2"u8) && head[4] <= NewestVersion && head[5..8].IndexOfAnyExcept((byte)0) < 0 ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var head = new BlockReader(await file.Bytes.ReadBlockAsync(0, 8, ct));
        head.Skip(4);
        var signals = await new ElidProject(file.Bytes, head.Int32()).ReadAsync(ct);
        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} is a project without image and analysis.");
    }
}
