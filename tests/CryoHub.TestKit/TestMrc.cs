using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CryoHub.TestKit;

/// <summary>A small MRC file made byte by byte from the format's description (MRC2014): float32, little endian, 1 nm per pixel.</summary>
public static class TestMrc
{
    /// <summary>Pixel (x, y, z) holds <paramref name="value"/> of them.</summary>
    public static byte[] Of(int columns, int rows, int sections, Func<int, int, int, float> value)
    {
        var file = new byte[1024 + (4 * columns * rows * sections)];
        int[] words = [columns, rows, sections, 2, 0, 0, 0, columns, rows, sections];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4 * i), words[i]);
        }

        foreach (var (at, length) in new[] { (40, columns), (44, rows), (48, sections) })   // cell in angstrom
        {
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(at), 10f * length);
        }

        foreach (var at in new[] { 52, 56, 60 })   // cell angles
        {
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(at), 90);
        }

        foreach (var (at, axis) in new[] { (64, 1), (68, 2), (72, 3) })
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), axis);
        }

        "MAP "u8.CopyTo(file.AsSpan(208));
        file[212] = file[213] = 0x44;
        var pixels = MemoryMarshal.Cast<byte, float>(file.AsSpan(1024));
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = value(i % columns, i / columns % rows, i / columns / rows);
        }

        return file;
    }
}
