namespace CryoHub.Formats.Tests;

/// <summary>A Zstandard frame of one raw block, as RFC 8878 lays it out; at most 255 bytes.</summary>
internal static class ZstdBytes
{
    // Magic number; a frame of one segment whose size stands in one byte; three bytes of a block: last, raw, its size from bit 3 on.
    public static byte[] Frame(byte[] plain) =>
        [0x28, 0xB5, 0x2F, 0xFD, 0x20, checked((byte)plain.Length), (byte)((plain.Length << 3) | 1), (byte)(plain.Length >> 5), 0, .. plain];
}
