using System.Buffers.Binary;

namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>Numbers as Java writes them.</summary>
internal static class BigEndian
{
    public static void Short(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(at), unchecked((short)value));

    public static void Integer(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);

    public static void Single(byte[] bytes, int at, double value) => BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(at), (float)value);
}
