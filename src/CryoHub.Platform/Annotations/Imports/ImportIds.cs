using System.Buffers.Binary;

namespace CryoHub.Platform.Annotations.Imports;

/// <summary>Shapes of one import have ids that differ in the last four bytes only, so they are found again as a range of the primary key.</summary>
internal static class ImportIds
{
    public static Guid Of(Guid import, uint number)
    {
        Span<byte> bytes = stackalloc byte[16];
        import.TryWriteBytes(bytes, bigEndian: true, out _);   // PostgreSQL orders ids by these bytes
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], number);
        return new(bytes, bigEndian: true);
    }

    public static (Guid First, Guid Last) Range(Guid import) => (Of(import, 0), Of(import, uint.MaxValue));
}
