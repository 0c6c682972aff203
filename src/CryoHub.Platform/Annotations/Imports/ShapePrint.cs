using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations.Imports;

/// <summary>Tells whether two shapes are the same: kind, class, frames, and places to a hundredth of a pixel, as formats round differently.</summary>
internal static class ShapePrint
{
    public static UInt128 Of(ShapeKind kind, string classKey, IReadOnlyList<double[]> rings, int? firstFrame, int? lastFrame)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(classKey.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes<long>([(long)kind, firstFrame ?? -1, lastFrame ?? -1, rings.Count]));
        foreach (var ring in rings)
        {
            long[] rounded = [.. ring.Select(value => (long)Math.Round(value * 100))];
            hash.AppendData(MemoryMarshal.AsBytes<long>([rounded.Length]));
            hash.AppendData(MemoryMarshal.AsBytes(rounded.AsSpan()));
        }

        return MemoryMarshal.Read<UInt128>(hash.GetHashAndReset());
    }
}
