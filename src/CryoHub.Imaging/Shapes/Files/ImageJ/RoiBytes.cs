using System.Buffers.Binary;
using System.Text;

namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>Numbers of one selection, each read only where the bytes hold it.</summary>
internal sealed class RoiBytes(ReadOnlyMemory<byte> bytes, string name)
{
    public string Name => name;

    public int Length => bytes.Length;

    public int Byte(int at) => At(at, 1)[0];

    public int Short(int at) => BinaryPrimitives.ReadInt16BigEndian(At(at, 2));

    public int Integer(int at) => BinaryPrimitives.ReadInt32BigEndian(At(at, 4));

    public float Float(int at) => BinaryPrimitives.ReadSingleBigEndian(At(at, 4));

    /// <summary>An edge of the box, 16 bits: what would lie far left of the picture is meant without sign, as in ImageJ.</summary>
    public int Edge(int at)
    {
        var value = Short(at);
        return value >= -5000 ? value : (ushort)value;
    }

    /// <summary>Letters of two bytes each; zero bytes do not belong to them.</summary>
    public string Letters(int at, int count) => count is >= 0 and <= 100_000
        ? Encoding.BigEndianUnicode.GetString(At(at, 2 * count)).Replace("\0", "", StringComparison.Ordinal)
        : throw Cut(at, 2L * count);

    public ReadOnlySpan<byte> At(int at, long count) =>
        at >= 0 && count >= 0 && at + count <= bytes.Length ? bytes.Span.Slice(at, (int)count) : throw Cut(at, count);

    private ProblemException Cut(int at, long count) => ProblemException.Invalid($"\"{name}\" is cut or damaged: {count} bytes were expected at byte {at}; it holds {bytes.Length}.");
}
