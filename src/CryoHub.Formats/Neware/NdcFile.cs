using CryoHub.Imaging;

namespace CryoHub.Formats.Neware;

/// <summary>One binary member of an .ndax archive: blocks of rows of one length.</summary>
/// <param name="Name">Name of the member.</param>
/// <param name="Bytes">All of it; 0: what it holds, 2: version.</param>
internal sealed record NdcFile(string Name, byte[] Bytes)
{
    private const int Block = 4096;
    private const int Start = 132;      // within a block; from byte 4 on, one bit a row says whether it is there
    private const int Mask = 4;
    private const int SmallBlock = 512;
    private const int SmallStart = 5;

    public int Content => Bytes.Length > 2 ? Bytes[0] : -1;

    public int Version => Bytes.Length > 2 ? Bytes[2] : -1;

    /// <summary>How many rows of this length are marked as there.</summary>
    public int Count(int rowBytes)
    {
        var count = 0;
        for (var block = 1; (block + 1) * Block <= Bytes.Length; block++)
        {
            foreach (var marks in Bytes.AsSpan((block * Block) + Mask, ((Block - Start - 1) / rowBytes + 7) / 8))
            {
                count += System.Numerics.BitOperations.PopCount(marks);
            }
        }

        return count;
    }

    /// <summary>Calls back with the number (from 1) and the bytes of every row that is there.</summary>
    public void ForEach(int rowBytes, RowAction act)
    {
        var perBlock = (Block - Start - 1) / rowBytes;
        for (var block = 1; (block + 1) * Block <= Bytes.Length; block++)
        {
            var bytes = Bytes.AsSpan(block * Block, Block);
            for (var i = 0; i < perBlock; i++)
            {
                if ((bytes[Mask + (i / 8)] >> (i % 8) & 1) != 0)
                {
                    act((uint)(((block - 1) * perBlock) + i + 1), bytes.Slice(Start + (i * rowBytes), rowBytes));
                }
            }
        }
    }

    /// <summary>The same for versions 1 to 3, whose blocks have 512 bytes and no mask.</summary>
    public void ForEachSmall(int rowBytes, RowAction act)
    {
        var perBlock = (SmallBlock - SmallStart - 1) / rowBytes;
        for (var block = 1; (block + 1) * SmallBlock <= Bytes.Length; block++)
        {
            for (var i = 0; i < perBlock; i++)
            {
                act((uint)(((block - 1) * perBlock) + i + 1), Bytes.AsSpan((block * SmallBlock) + SmallStart + (i * rowBytes), rowBytes));
            }
        }
    }

    public ProblemException Unknown(string what) => ProblemException.Unreadable($"{Name} has version {Version} of the {what}, which is not known.");

    internal delegate void RowAction(uint number, ReadOnlySpan<byte> row);
}
