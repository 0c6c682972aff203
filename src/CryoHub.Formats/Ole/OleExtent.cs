namespace CryoHub.Formats.Ole;

/// <summary>A run of bytes of a stream.</summary>
/// <param name="At">First byte within the stream.</param>
/// <param name="Source">Where it lies.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct OleExtent(long At, long Source, long Length);
