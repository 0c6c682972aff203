using System.Buffers.Binary;
using System.Text;

namespace CryoHub.Imaging.Shapes.Files.Imod;

/// <summary>
/// The blocks of an IMOD model one after the other: a name of four letters, then bytes whose number follows from the name or from what they begin with; big-endian
/// (https://bio3d.colorado.edu/imod/doc/binspec.html).
/// </summary>
public ref struct ImodBlocks
{
    private const int HeaderBytes = 240;
    private const int ObjectBytes = 176;

    private readonly ReadOnlySpan<byte> bytes;
    private int at = HeaderBytes;

    /// <summary>Stands before the first block.</summary>
    /// <exception cref="ProblemException">Unreadable: the header is cut.</exception>
    public ImodBlocks(ReadOnlySpan<byte> model)
    {
        bytes = model.Length >= HeaderBytes ? model : throw ProblemException.Unreadable($"The header of an IMOD model takes {HeaderBytes} bytes; the file holds {model.Length}.");
        Id = "";
    }

    /// <summary>The model's header.</summary>
    public readonly ReadOnlySpan<byte> Header => bytes[..HeaderBytes];

    /// <summary>Name of the block, four letters.</summary>
    public string Id { readonly get; private set; }

    /// <summary>What the block holds; of OBJT, CONT and MESH all, of others what follows the length.</summary>
    public ReadOnlySpan<byte> Data { readonly get; private set; }

    /// <summary>Goes to the next block; <c>false</c> at the end mark.</summary>
    /// <exception cref="ProblemException">Unreadable: the block is cut, or the model ends without its mark.</exception>
    public bool Next()
    {
        if (at + 4 > bytes.Length)
        {
            throw ProblemException.Unreadable($"The model ends at byte {at} without its mark IEOF.");
        }

        Id = Encoding.Latin1.GetString(bytes.Slice(at, 4));
        at += 4;
        switch (Id)
        {
            case "IEOF":
                Data = [];
                return false;
            case "OBJT":
                Take(ObjectBytes);
                break;
            case "CONT":
                Take(16 + Times(12, 0));
                break;
            case "MESH":
                Take(16 + Times(12, 0) + Times(4, 4));
                break;
            default:
                var size = Times(1, 0);
                at += 4;
                Take(size);
                break;
        }

        return true;
    }

    /// <summary>A number in what follows, as so many bytes.</summary>
    private readonly long Times(int size, int offset)
    {
        if (at + offset + 4 > bytes.Length)
        {
            throw Cut(offset + 4);
        }

        var value = (long)size * BinaryPrimitives.ReadInt32BigEndian(bytes[(at + offset)..]);
        return value >= 0 ? value : throw Cut(value);
    }

    private void Take(long count)
    {
        Data = count <= bytes.Length - at ? bytes.Slice(at, (int)count) : throw Cut(count);
        at += (int)count;
    }

    private readonly ProblemException Cut(long count) => ProblemException.Unreadable($"The block {Id} at byte {at - 4} needs {count} bytes; {bytes.Length - at} are left.");
}
