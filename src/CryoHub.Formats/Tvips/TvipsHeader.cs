using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace CryoHub.Formats.Tvips;

/// <summary>The header of the first part of a TVIPS recording, little endian.</summary>
internal sealed class TvipsHeader(ReadOnlyMemory<byte> bytes)
{
    public const int Length = 52;

    private static readonly string[] Names =
        ["size", "version", "dimx", "dimy", "bitsperpixel", "offsetx", "offsety", "binx", "biny", "pixelsize", "ht", "magtotal", "frameheaderbytes"];

    /// <summary>0: bytes before the first frame.</summary>
    public uint Size => Word(0);

    /// <summary>4: 1 has frame headers of 12 bytes, 2 states their length.</summary>
    public uint Version => Word(1);

    public uint Columns => Word(2);

    public uint Rows => Word(3);

    public uint Bits => Word(4);

    /// <summary>36: pixel in nanometres, or in 1/nm in diffraction.</summary>
    public uint PixelSize => Word(9);

    /// <summary>40: high tension in kilovolts.</summary>
    public uint HighTension => Word(10);

    /// <summary>44: magnification, or camera length in diffraction.</summary>
    public uint Magnification => Word(11);

    public long FrameHeaderBytes => Version == 1 ? 12 : Word(12);

    public bool IsPlausible => Version is 1 or 2 && Size is >= 48 and <= 4096 && Bits is 8 or 16 or 32 && Columns is > 0 and < 65536 && Rows is > 0 and < 65536;

    public JsonObject Original()
    {
        var tree = new JsonObject();
        for (var i = 0; i < (Version == 1 ? Names.Length - 1 : Names.Length); i++)
        {
            tree[Names[i]] = Word(i);
        }

        return tree;
    }

    private uint Word(int number) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[(4 * number)..]);
}
