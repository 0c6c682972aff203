using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Matlab;

/// <summary>MATLAB's level 5 files: every array of numbers a signal, also inside cells and structures.</summary>
public sealed class MatReader : IFormatReader
{
    private const int HeaderBytes = 128;

    public FormatInfo Format { get; } = new(
        "matlab",
        "MATLAB (level 5)",
        [".mat"],
        "arrays of all number types, complex and logical ones, compressed or not, both byte orders; cells and structures; texts as metadata",
        "sparse arrays and objects (version 7.3 is HDF5 and read as such)",
        "https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf");

    // 0: "MATLAB 5.0 MAT-file", 124: version 1, 126: "IM" or "MI"
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.Length >= HeaderBytes && head.StartsWith("MATLAB 5.0"u8) && (head[126..].StartsWith("IM"u8) || head[126..].StartsWith("MI"u8))
            ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var head = await file.Bytes.ReadBlockAsync(0, Math.Min(HeaderBytes, file.Bytes.Length), ct);
        if (head.Length < HeaderBytes || (head[126] != 'I' && head[126] != 'M'))
        {
            throw ProblemException.Unreadable($"A MATLAB file begins with {HeaderBytes} bytes that end in IM or MI; {file.Name} holds {file.Bytes.Length} bytes.");
        }

        var bigEndian = head[126] == 'M';
        var variables = new MatVariables(bigEndian);
        variables.Original["description"] = Encoding.Latin1.GetString(head, 0, 116).TrimEnd('\0', ' ');
        for (var at = (long)HeaderBytes; at + 8 <= file.Bytes.Length;)
        {
            ct.ThrowIfCancellationRequested();
            var element = await MatElement.ReadAsync(file.Bytes, at, bigEndian, ct);
            await variables.ReadAsync(element, "", 0, ct);
            at = element.Next;
        }

        return variables.Signals.Count > 0 ? variables.Signals : throw ProblemException.Unreadable($"{file.Name} holds no array of numbers.");
    }
}
