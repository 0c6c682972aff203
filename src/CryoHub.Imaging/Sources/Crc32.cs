using System.Buffers.Binary;

namespace CryoHub.Imaging.Sources;

/// <summary>The checksum of PNG and zip (ITU-T V.42, reflected polynomial 0xEDB88320), four bytes a step.</summary>
public static class Crc32
{
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>Goes on from the checksum of what came before; 0 to begin with.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            crc ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = Tables[3][(byte)crc] ^ Tables[2][(byte)(crc >> 8)] ^ Tables[1][(byte)(crc >> 16)] ^ Tables[0][crc >> 24];
        }

        foreach (var value in bytes)
        {
            crc = Tables[0][(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>Table k: what a byte does to the checksum k bytes later.</summary>
    private static uint[][] MakeTables()
    {
        var tables = new uint[4][];
        for (var k = 0; k < 4; k++)
        {
            tables[k] = new uint[256];
            for (var n = 0u; n < 256; n++)
            {
                var c = k == 0 ? n : tables[k - 1][n];
                for (var bit = 0; bit < 8; bit++)
                {
                    c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
                }

                tables[k][n] = c;
            }
        }

        return tables;
    }
}
