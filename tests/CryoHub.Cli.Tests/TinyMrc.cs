using System.Buffers.Binary;

namespace CryoHub.Cli.Tests;

/// <summary>A 3 x 2 image of int16 written from the specification: 1 to 6, 0.5 nm a pixel.</summary>
public static class TinyMrc
{
    public static byte[] Bytes { get; } = Make(3, 2, 1, [1, 2, 3, 4, 5, 6]);

    public static byte[] Make(int nx, int ny, int nz, short[] pixels)
    {
        var file = new byte[1024 + (2 * pixels.Length)];
        int[] words = [nx, ny, nz, 1, 0, 0, 0, nx, ny, nz];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4 * i), words[i]);
        }

        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(40), nx * 5f);   // angstrom
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(44), ny * 5f);
        "MAP "u8.CopyTo(file.AsSpan(208));
        file[212] = file[213] = 0x44;
        for (var i = 0; i < pixels.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(1024 + (2 * i)), pixels[i]);
        }

        return file;
    }
}
