using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>The first look at a shape that a file claims, before anything is multiplied or allocated.</summary>
internal static class PixelBudget
{
    /// <param name="header">Shape and number type as the file claims them.</param>
    /// <param name="available">Bytes that can hold pixels.</param>
    /// <exception cref="ProblemException">Unreadable: an axis without points, more pixels than bytes, or a frame that no array can hold.</exception>
    public static void Check(SignalHeader header, long available)
    {
        var need = (Int128)header.Pixel.Bytes();
        foreach (var axis in header.Axes)
        {
            if (axis.Size < 1)
            {
                throw ProblemException.Unreadable($"Axis {axis.Name} of {header.Name} has {axis.Size} points.");
            }

            need *= axis.Size;
            if (need > Math.Max(0, available))
            {
                throw ProblemException.Unreadable($"The header promises {string.Join(" x ", header.Shape)} pixels of {header.Pixel.Bytes()} bytes; the file holds {Math.Max(0, available)} bytes for them.");
            }
        }

        if (header.FrameBytes > Array.MaxLength)
        {
            throw ProblemException.Unreadable($"One frame takes {header.FrameBytes} bytes; at most {Array.MaxLength} can be held.");
        }
    }
}
