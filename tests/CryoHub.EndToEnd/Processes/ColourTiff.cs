using System.Buffers.Binary;

namespace CryoHub.EndToEnd.Processes;

/// <summary>The smallest colour TIFF: one strip of uncompressed 8-bit red, green, blue (TIFF 6.0, sections 2 and 6).</summary>
internal static class ColourTiff
{
    private const int Short = 3, Long = 4;

    public static byte[] Of(int columns, int rows, Func<int, int, (byte Red, byte Green, byte Blue)> pixel)
    {
        (int Tag, int Type, int Count, int Value)[] fields =
        [
            (256, Long, 1, columns), (257, Long, 1, rows), (258, Short, 3, 134), (259, Short, 1, 1), (262, Short, 1, 2), (273, Long, 1, 140),
            (277, Short, 1, 3), (278, Long, 1, rows), (279, Long, 1, columns * rows * 3), (284, Short, 1, 1),
        ];
        var file = new byte[140 + (columns * rows * 3)];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 8);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(8), (short)fields.Length);
        for (var i = 0; i < fields.Length; i++)
        {
            var entry = file.AsSpan(10 + (12 * i));
            BinaryPrimitives.WriteInt16LittleEndian(entry, (short)fields[i].Tag);
            BinaryPrimitives.WriteInt16LittleEndian(entry[2..], (short)fields[i].Type);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], fields[i].Count);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], fields[i].Value);
        }

        for (var channel = 0; channel < 3; channel++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(134 + (2 * channel)), 8);   // bits of each sample
        }

        for (var i = 0; i < columns * rows; i++)
        {
            (file[140 + (3 * i)], file[141 + (3 * i)], file[142 + (3 * i)]) = pixel(i % columns, i / columns);
        }

        return file;
    }
}
