using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CryoHub.Formats.Tests.Bruker;

/// <summary>Writes little BCF files: a container of 4 KiB chunks with a header and one hypermap.</summary>
public static class BcfBytes
{
    private const int Chunk = 4096;
    private const int Usable = Chunk - 32;

    /// <summary>A map of one row; each entry of <paramref name="pixels"/> is the packing, the number of pulses and the stored bytes of one column.</summary>
    public static byte[] File(string header, params (int Packing, int Pulses, byte[] Data)[] pixels)
    {
        using var stream = new MemoryStream();
        stream.Write([.. Int(1), .. Int(pixels.Length), .. new byte[0x1A0 - 8], .. Int(pixels.Length)]);
        for (var x = 0; x < pixels.Length; x++)
        {
            var (packing, pulses, data) = pixels[x];
            var runs = packing > 1 ? data.Length - ExtraOf(packing, pulses) : data.Length;
            stream.Write([.. Int(x), .. Short(16), .. Short(16), .. Int(0), .. Short(packing), .. Short(0), .. Short(pulses), .. Int(runs), .. data]);
        }

        return Container(Encoding.UTF8.GetBytes(header), stream.ToArray());
    }

    public static byte[] Container(byte[] header, byte[] map)
    {
        var entries = new byte[3 * 0x200];
        var chunks = new List<byte[]>();
        Entry(entries, 0, "EDSDatabase", -1, true, 0, 0);
        Add(entries, 1, "HeaderData", header, chunks);
        Add(entries, 2, "SpectrumData0", map, chunks);
        chunks.Insert(0, Pad(entries));
        var file = new byte[0x118 + (chunks.Count * Chunk)];
        "AAMVHFSS"u8.CopyTo(file);
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            chunks[chunk].CopyTo(file, 0x118 + (chunk * Chunk) + 32);
        }

        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(0x124), 2.6f);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(0x128), Chunk);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(0x140), 0);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(0x144), 3);
        return file;
    }

    /// <summary>The container's compressed form: a header of 128 bytes, then blocks.</summary>
    public static byte[] Compressed(byte[] content, int claimedBlock)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, true))
        {
            deflate.Write(content);
        }

        return [.. "AACS"u8, .. Int(claimedBlock), .. Int(0), .. Int(1), .. new byte[0x80 - 16], .. Int((int)packed.Length), .. new byte[12], .. packed.ToArray()];
    }

    public static string Header(int width, int channels) => $"""
        <?xml version="1.0" encoding="WINDOWS-1252"?><TRTSpectrumDatabase><ClassInstance Type="TRTSpectrumDatabase" Name="map">
        <Header><Date>1.2.2020</Date><Time>3:4:5</Time><FileVersion>2</FileVersion></Header>
        <ClassInstance Type="TRTSEMData"><HV>20</HV><DX>0,5</DX><DY>0.25</DY></ClassInstance>
        <ClassInstance Type="TRTImageData"><ItemSize>1</ItemSize><Width>{width}</Width><Height>1</Height><PlaneCount>1</PlaneCount>
        <Plane0><Description>SE</Description><Data>{Convert.ToBase64String(Enumerable.Repeat((byte)7, width).ToArray())}</Data></Plane0></ClassInstance>
        <SpectrumData0><ClassInstance Type="TRTSpectrum"><TRTHeaderedClass/><ClassInstance Type="TRTSpectrumHeader"><CalibAbs>-0,1</CalibAbs><CalibLin>0.01</CalibLin></ClassInstance>
        <Channels>{string.Join(',', Enumerable.Repeat(0, channels))}</Channels></ClassInstance></SpectrumData0></ClassInstance></TRTSpectrumDatabase>
        """;

    public static byte[] Int(long value) => BitConverter.GetBytes((int)value);

    public static byte[] Short(int value) => BitConverter.GetBytes((ushort)value);

    private static int ExtraOf(int packing, int pulses) => packing > 1 ? 2 * pulses : 0;

    private static void Add(byte[] entries, int entry, string name, byte[] content, List<byte[]> chunks)
    {
        var table = chunks.Count + 1;
        var count = (content.Length + Usable - 1) / Usable;
        chunks.Add(Pad([.. Enumerable.Range(table + 1, count).SelectMany(chunk => Int(chunk))]));
        chunks.AddRange(content.Chunk(Usable).Select(Pad));
        Entry(entries, entry, name, 0, false, table, content.Length);
    }

    private static void Entry(byte[] entries, int entry, string name, int parent, bool folder, int table, int bytes)
    {
        var at = entries.AsSpan(entry * 0x200, 0x200);
        BinaryPrimitives.WriteInt32LittleEndian(at, table);
        BinaryPrimitives.WriteInt64LittleEndian(at[4..], bytes);
        BinaryPrimitives.WriteInt32LittleEndian(at[40..], parent);
        at[220] = (byte)(folder ? 1 : 0);
        Encoding.ASCII.GetBytes(name, at[224..]);
    }

    private static byte[] Pad(byte[] content)
    {
        var chunk = new byte[Usable];
        content.CopyTo(chunk, 0);
        return chunk;
    }
}
