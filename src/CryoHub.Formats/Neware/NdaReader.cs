using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Neware;

/// <summary>Neware's single-file format (.nda).</summary>
public sealed class NdaReader : IFormatReader
{
    private const long LargestFile = 1L << 30;
    private const int Head = 16;

    public FormatInfo Format { get; } = new(
        "neware-nda", "Neware, single file", [".nda"],
        "Records of versions 8, 22 to 29 and 130 (BTS 9.0 and 9.1), with temperatures and voltages measured beside the cell", "",
        "https://github.com/d-cogswell/NewareNDA");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.Length >= Head && head.StartsWith("NEWARE"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length is < Head or > LargestFile)
        {
            throw ProblemException.Unreadable($"{file.Name} holds {file.Bytes.Length} bytes; files of {Head} to {LargestFile} bytes are read.");
        }

        var bytes = await file.Bytes.ReadBlockAsync(0, file.Bytes.Length, ct);
        return [NdaFile.Read(bytes).Table(Path.GetFileNameWithoutExtension(file.Name), new MetadataTree(NdaFile.Head(bytes)))];
    }
}
