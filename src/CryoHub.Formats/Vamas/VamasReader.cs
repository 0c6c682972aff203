using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Vamas;

/// <summary>ISO 14976 (VAMAS): surface analysis, every block a table.</summary>
public sealed class VamasReader : IFormatReader
{
    private const int MostBlocks = 100_000;

    public FormatInfo Format { get; } = new(
        "vamas", "VAMAS (ISO 14976)", [".vms"],
        "all blocks of all experiment modes with regular or irregular abscissas: every variable a column, settings as metadata; blocks that leave parts out by the list of parameters",
        "", "https://www.iso.org/standard/24269.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        TextBytes.Head(head).TrimStart().StartsWith(VamasHeader.Identifier[..40], StringComparison.OrdinalIgnoreCase) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var lines = new VamasLines(await TextBytes.ReadAsync(file.Name, file.Bytes, ct));
        var header = VamasHeader.Read(lines);
        if (header.Blocks is < 1 or > MostBlocks)
        {
            throw ProblemException.Unreadable($"{file.Name} states {header.Blocks} blocks; 1 to {MostBlocks} were expected.");
        }

        List<ISignal> signals = [];
        for (var i = 0; i < header.Blocks; i++)
        {
            ct.ThrowIfCancellationRequested();
            signals.Add(VamasBlock.Read(lines, header, Path.GetFileNameWithoutExtension(file.Name), i == 0));
        }

        return signals;
    }
}
