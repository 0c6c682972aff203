using System.Buffers.Binary;

namespace CryoHub.Formats.Tests.Mrc;

/// <summary>MRC files written field by field from the specification, not by our writer.</summary>
public static class MrcBytes
{
    public static byte[] File(int nx, int ny, int nz, int mode, byte[] pixels, bool bigEndian = false, byte[]? extended = null, string exttyp = "", int ispg = 0)
    {
        var header = new byte[1024];
        Put(0, nx);
        Put(4, ny);
        Put(8, nz);
        Put(12, mode);
        Put(28, nx);
        Put(32, ny);
        Put(36, nz);
        Put(64, 1);
        Put(68, 2);
        Put(72, 3);
        Put(88, ispg);
        Put(92, extended?.Length ?? 0);
        System.Text.Encoding.ASCII.GetBytes(exttyp).CopyTo(header, 104);
        "MAP "u8.CopyTo(header.AsSpan(208));
        header[212] = header[213] = (byte)(bigEndian ? 0x11 : 0x44);
        return [.. header, .. extended ?? [], .. pixels];

        void Put(int offset, int value)
        {
            if (bigEndian)
            {
                BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(offset), value);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(offset), value);
            }
        }
    }
}
