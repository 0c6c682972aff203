using System.Buffers.Binary;
using System.IO.Compression;
using CryoHub.Formats.Bzip2;
using CryoHub.Formats.Compression;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Formats.Zarr;

/// <summary>The codecs of zarr version 2 that are read: blosc, Zstandard, zlib, gzip, bzip2, LZ4 or none.</summary>
internal static class ZarrCodec
{
    /// <exception cref="ProblemException">Unreadable: another codec, or the chunk does not give as many bytes as it must.</exception>
    public static void Unpack(string codec, byte[] packed, Span<byte> plain, string name)
    {
        var done = codec switch
        {
            "" => packed.Length == plain.Length && packed.AsSpan().TryCopyTo(plain),
            "blosc" => Blosc.Decompress(packed, plain),
            "lz4" => packed.Length > 4 && BinaryPrimitives.ReadInt32LittleEndian(packed) == plain.Length && Lz4Block.Unpack(packed.AsSpan(4), plain),
            "zstd" => Zstd.Unpack(packed, plain),
            "bz2" => Inflate(new Bzip2Stream(new MemoryStream(packed)), plain),
            "zlib" => Inflate(new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress), plain),
            "gzip" => Inflate(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress), plain),
            _ => throw ProblemException.Unreadable($"{name} is packed by {codec}; blosc, zstd, zlib, gzip, bz2 and LZ4 are read."),
        };
        if (!done)
        {
            throw ProblemException.Unreadable($"{name} holds {packed.Length} bytes ({(codec.Length > 0 ? codec : "plain")}) that do not give the {plain.Length} of a chunk.");
        }
    }

    private static bool Inflate(Stream stream, Span<byte> plain)
    {
        using (stream)
        {
            try
            {
                return stream.ReadAtLeast(plain, plain.Length, false) == plain.Length && stream.ReadByte() < 0;
            }
            catch (Exception broken) when (broken is InvalidDataException or IOException)
            {
                return false;
            }
        }
    }
}
