using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Matlab;

/// <summary>
/// The variables of a file: arrays of numbers become signals, texts and the kinds of the others metadata; cells and structures are walked through.
/// </summary>
internal sealed class MatVariables(bool bigEndian)
{
    private const int MaximumDepth = 16;
    private const int MostSignals = 10_000;
    private const int LongestText = 1 << 20;
    private const int FlagComplex = 0x08;
    private const int FlagLogical = 0x02;

    public List<ISignal> Signals { get; } = [];

    /// <summary>Name to text, or to the kind of what is no array of numbers.</summary>
    public JsonObject Original { get; } = [];

    public async Task ReadAsync(MatElement element, string name, int depth, CancellationToken ct)
    {
        if (depth > MaximumDepth || Signals.Count >= MostSignals)
        {
            throw ProblemException.Unreadable($"The file nests deeper than {MaximumDepth} levels or holds more than {MostSignals} arrays.");
        }

        if (element.Type == MatElement.Compressed)
        {
            await UnpackAsync(element, name, depth, ct);
            return;
        }

        if (element.Type != MatElement.Matrix || element.Bytes == 0)
        {
            return;
        }

        var end = element.Offset + element.Bytes;
        var flags = await MatElement.ReadAsync(element.Source, element.Offset, bigEndian, ct);
        var words = new BlockReader(await flags.ContentAsync(8, ct), bigEndian);
        var word = words.UInt32();
        var (kind, isComplex, isLogical) = ((MatClass)(word & 0xFF), ((word >> 8) & FlagComplex) != 0, ((word >> 8) & FlagLogical) != 0);
        var sizes = await MatElement.ReadAsync(element.Source, flags.Next, bigEndian, ct);
        var shape = Shape(await sizes.ContentAsync(256, ct), name);
        var label = await MatElement.ReadAsync(element.Source, sizes.Next, bigEndian, ct);
        var stated = Encoding.Latin1.GetString(await label.ContentAsync(4096, ct));
        var path = name.Length > 0 ? name : stated;
        switch (kind)
        {
            case MatClass.Cell:
                await CellsAsync(element.Source, label.Next, end, shape, path, depth, ct);
                break;
            case MatClass.Structure:
                await FieldsAsync(element.Source, label.Next, end, shape, path, depth, ct);
                break;
            case MatClass.Character:
                Original[path] = await TextAsync(await MatElement.ReadAsync(element.Source, label.Next, bigEndian, ct), ct);
                break;
            case >= MatClass.Float64 and <= MatClass.UInt64:
                await NumbersAsync(element.Source, label.Next, shape, MatNumbers.Pixel(kind, isComplex, isLogical), path, ct);
                break;
            default:
                Original[path] = $"{kind}, {string.Join(" x ", shape)}";
                break;
        }
    }

    private async Task UnpackAsync(MatElement element, string name, int depth, CancellationToken ct)
    {
        var packed = new SliceSource(element.Source, element.Offset, element.Bytes);
        Stream Open() => new ZLibStream(new ByteSourceStream(packed), CompressionMode.Decompress);
        var tag = await new UnpackingSource(Open, 8).ReadBlockAsync(0, 8, ct);
        var words = new BlockReader(tag, bigEndian);
        var (type, bytes) = (words.UInt32(), words.UInt32());
        if (type != MatElement.Matrix || bytes > (packed.Length + 64) * 1040)
        {
            throw ProblemException.Unreadable($"A compressed element of {packed.Length} bytes promises type {type} and {bytes} bytes; a matrix is expected, and no packing can do better than 1040.");
        }

        var content = new UnpackingSource(Open, 8 + (long)bytes);
        await ReadAsync(await MatElement.ReadAsync(content, 0, bigEndian, ct), name, depth + 1, ct);
    }

    private async Task CellsAsync(IByteSource source, long at, long end, long[] shape, string path, int depth, CancellationToken ct)
    {
        var count = shape.Aggregate(1m, (product, size) => product * size);
        for (var i = 0; i < count && at < end; i++)
        {
            var cell = await MatElement.ReadAsync(source, at, bigEndian, ct);
            await ReadAsync(cell, $"{path}{{{i + 1}}}", depth + 1, ct);
            at = cell.Next;
        }
    }

    private async Task FieldsAsync(IByteSource source, long at, long end, long[] shape, string path, int depth, CancellationToken ct)
    {
        var width = await MatElement.ReadAsync(source, at, bigEndian, ct);
        var length = new BlockReader(await width.ContentAsync(8, ct), bigEndian).Int32();
        var list = await MatElement.ReadAsync(source, width.Next, bigEndian, ct);
        var names = Encoding.Latin1.GetString(await list.ContentAsync(LongestText, ct));
        if (length is < 1 or > 4096 || names.Length % length != 0)
        {
            throw ProblemException.Unreadable($"The fields of {path} have names of {length} characters in a list of {names.Length}.");
        }

        var fields = Enumerable.Range(0, names.Length / length).Select(i => names.Substring(i * length, length).Split('\0')[0]).ToList();
        var count = shape.Aggregate(1m, (product, size) => product * size);
        at = list.Next;
        for (var i = 0; i < count && at < end; i++)
        {
            foreach (var field in fields)
            {
                var value = await MatElement.ReadAsync(source, at, bigEndian, ct);
                await ReadAsync(value, count > 1 ? $"{path}({i + 1}).{field}" : $"{path}.{field}", depth + 1, ct);
                at = value.Next;
            }
        }
    }

    private async Task<string> TextAsync(MatElement element, CancellationToken ct)
    {
        var bytes = await element.ContentAsync(LongestText, ct);
        return element.Type switch
        {
            4 or 17 => (bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes),
            16 => Encoding.UTF8.GetString(bytes),
            _ => Encoding.Latin1.GetString(bytes),
        };
    }

    private async Task NumbersAsync(IByteSource source, long at, long[] shape, PixelType pixel, string path, CancellationToken ct)
    {
        if (shape.Contains(0))
        {
            Original[path] = $"empty, {string.Join(" x ", shape)}";
            return;
        }

        var real = await MatElement.ReadAsync(source, at, bigEndian, ct);
        MatElement? imaginary = pixel.IsComplex() ? await MatElement.ReadAsync(source, real.Next, bigEndian, ct) : null;
        var header = new SignalHeader(path, AnonymousAxes.Kind(shape.Length), pixel, AnonymousAxes.Of(shape), AcquisitionMetadata.None,
            new MetadataTree(Original));
        Signals.Add(MatNumbers.Open(header, real, imaginary, bigEndian));
    }

    private long[] Shape(byte[] bytes, string name)
    {
        var words = new BlockReader(bytes, bigEndian);
        var shape = new long[bytes.Length / 4];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = words.Int32();
        }

        return shape.Length >= 2 && Array.TrueForAll(shape, size => size >= 0) ? shape
            : throw ProblemException.Unreadable($"{name} has the dimensions {string.Join(" x ", shape)}.");
    }
}
