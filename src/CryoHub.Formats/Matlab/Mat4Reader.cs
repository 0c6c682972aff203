using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Matlab;

/// <summary>MATLAB's level 4 files (<c>save -v4</c>, Octave, SciPy): one array after the other, without a signature.</summary>
public sealed class Mat4Reader : IFormatReader
{
    private const int MostArrays = 10_000;
    private const int LongestText = 1 << 20;
    private const int Full = 0;
    private const int Text = 1;

    public FormatInfo Format { get; } = new(
        "matlab-4", "MATLAB (level 4)", [".mat"], "arrays of all number types, real and complex, both byte orders; texts as metadata", "sparse arrays, numbers of VAX and Cray",
        "https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        fileName.EndsWith(".mat", StringComparison.OrdinalIgnoreCase) && Mat4Header.Of(head) is { } header && head.Length >= Mat4Header.Bytes + header.NameBytes
        && Mat4Header.Name(head.Slice(Mat4Header.Bytes, header.NameBytes)) is not null ? Match.Maybe : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        List<ISignal> signals = [];
        var original = new JsonObject();
        for (var (at, count) = (0L, 0); at < file.Bytes.Length; count++)
        {
            var left = file.Bytes.Length - at;
            var header = count < MostArrays ? Mat4Header.Of(await file.Bytes.ReadBlockAsync(at, Math.Min(Mat4Header.Bytes, left), ct)) : null;
            if (header is null || header.NameBytes > left - Mat4Header.Bytes || Mat4Header.Name(await file.Bytes.ReadBlockAsync(at + Mat4Header.Bytes, header.NameBytes, ct)) is not { } name)
            {
                throw ProblemException.Unreadable($"At byte {at} of {file.Name} the header of array {count + 1} of level 4 is expected (at most {MostArrays} arrays); what stands there is none.");
            }

            at += Mat4Header.Bytes + header.NameBytes;
            var bytes = header.PartBytes * (header.IsComplex ? 2 : 1);
            if (bytes > file.Bytes.Length - at)
            {
                throw ProblemException.Unreadable($"{name} has {header.Rows} x {header.Columns} values in {bytes} bytes; {file.Bytes.Length - at} are left of {file.Name}.");
            }

            if (header.Kind == Full && bytes > 0)
            {
                signals.Add(Open(file.Bytes, at, name, header, original));
            }
            else
            {
                original[name] = header.Kind == Text ? await TextAsync(file.Bytes, at, header, ct) : $"{(header.Kind == Full ? "empty" : "sparse")}, {header.Rows} x {header.Columns}";
            }

            at += (long)bytes;
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} holds no array of numbers.");
    }

    private static ISignal Open(IByteSource source, long at, string name, Mat4Header header, JsonObject original)
    {
        var part = (long)header.PartBytes;
        long[] shape = [header.Rows, header.Columns];
        var element = new MatElement(source, header.ElementType, at, part, at + part);
        var description = new SignalHeader(name, AnonymousAxes.Kind(shape.Length), MatNumbers.Pixel(header.Class, header.IsComplex, false), AnonymousAxes.Of(shape), AcquisitionMetadata.None, new MetadataTree(original));
        return MatNumbers.Open(description, element, header.IsComplex ? element with { Offset = at + part } : null, header.BigEndian);
    }

    // One number a letter, down the columns.
    private static async Task<string> TextAsync(IByteSource source, long at, Mat4Header header, CancellationToken ct)
    {
        var count = header.Rows * header.Columns;
        if (count > LongestText)
        {
            return $"text of {header.Rows} x {header.Columns} letters";
        }

        var words = new BlockReader(await source.ReadBlockAsync(at, (long)header.PartBytes, ct), header.BigEndian);
        var letters = new char[count];
        for (var i = 0; i < count; i++)
        {
            letters[((i % header.Rows) * header.Columns) + (i / header.Rows)] = (char)(ushort)(header.Number switch
            {
                0 => words.Float64(),
                1 => words.Float32(),
                2 => words.Int32(),
                3 or 4 => words.UInt16(),
                _ => words.Byte(),
            });
        }

        var text = new StringBuilder();
        for (var row = 0; row < header.Rows; row++)
        {
            text.Append(row > 0 ? "\n" : "").Append(new string(letters, (int)(row * header.Columns), (int)header.Columns).TrimEnd());
        }

        return text.ToString();
    }
}
