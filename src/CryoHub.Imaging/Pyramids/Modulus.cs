using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Pyramids;

/// <summary>What of a complex pixel is drawn and counted.</summary>
internal static class Modulus
{
    public static void Of(PixelType pixel, ReadOnlySpan<byte> complex, Span<byte> modulus)
    {
        var to = MemoryMarshal.Cast<byte, float>(modulus);
        if (pixel == PixelType.Complex64)
        {
            var parts = MemoryMarshal.Cast<byte, float>(complex);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = (float)double.Hypot(parts[2 * i], parts[(2 * i) + 1]);
            }

            return;
        }

        var wide = MemoryMarshal.Cast<byte, double>(complex);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = (float)double.Hypot(wide[2 * i], wide[(2 * i) + 1]);
        }
    }
}
