namespace CryoHub.Formats.Compression;

/// <summary>Unpacks one block; false where the packed bytes do not give exactly <paramref name="plain"/>.</summary>
internal delegate bool BlockUnpacker(ReadOnlySpan<byte> packed, Span<byte> plain);
