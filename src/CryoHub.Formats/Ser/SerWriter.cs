using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Ser;

/// <summary>Writes a spectrum image [y, x, energy] of float32 as a TIA series (version 0x210), one element a pixel, x fastest.</summary>
public static class SerWriter
{
    private const int ElementHead = 26;
    private const int TagBytes = 24;

    /// <summary>Writes all of <paramref name="signal"/> to <paramref name="output"/>; lengths are in nanometres, energies in electronvolts.</summary>
    /// <exception cref="ProblemException">The signal is no spectrum image of float32, or larger than the 4 GiB that 32-bit addresses reach.</exception>
    public static async Task WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        var header = signal.Header;
        if (header.Kind != SignalKind.SpectrumImage || header.Pixel != PixelType.Float32 || header.Axes is not [var y, var x, var energy])
        {
            throw ProblemException.Invalid($"A TIA series of spectra takes a float32 spectrum image [y, x, energy]; found {header.Kind.Key()} of {header.Pixel.Name()} with {header.Axes.Count} axes.");
        }

        var pixels = checked((int)(y.Size * x.Size));
        var elementBytes = ElementHead + (energy.Size * sizeof(float));
        using var writer = new BinaryWriter(output, Encoding.Latin1, leaveOpen: true);
        var dataStart = WriteHead(writer, y, x, pixels);
        if (dataStart + (pixels * (elementBytes + TagBytes)) > uint.MaxValue)
        {
            throw ProblemException.Invalid($"The series would take {dataStart + (pixels * (elementBytes + TagBytes))} bytes; its addresses reach {uint.MaxValue}.");
        }

        WriteAddresses(writer, pixels, dataStart, elementBytes);
        writer.Flush();
        var row = new byte[header.FrameBytes];
        for (var line = 0; line < y.Size; line++)
        {
            await signal.ReadFrameAsync(line, row, ct);
            for (var column = 0; column < x.Size; column++)
            {
                WriteElement(writer, energy, row.AsSpan((int)(column * energy.Size * sizeof(float)), (int)energy.Size * sizeof(float)));
                WriteTag(writer, x.At(column) * 1e-9, y.At(line) * 1e-9);
            }
        }
    }

    /// <summary>Writes the head and returns where the first element will begin.</summary>
    private static long WriteHead(BinaryWriter writer, Axis y, Axis x, int pixels)
    {
        const int Dimension = 4 + 8 + 8 + 4 + 4 + 8 + 4 + 6;
        var addresses = 30 + (2 * Dimension);
        writer.Write((short)0x4949);     // 0: little endian
        writer.Write((short)0x0197);     // 2: ES Vision series
        writer.Write((short)0x0210);     // 4: 32-bit addresses
        writer.Write(0x4120);            // 6: spectra
        writer.Write(0x4142);            // 10: tags with time and position
        writer.Write(pixels);            // 14: total
        writer.Write(pixels);            // 18: valid
        writer.Write(addresses);         // 22
        writer.Write(2);                 // 26: dimensions, the fastest first
        WriteDimension(writer, x);
        WriteDimension(writer, y);
        return addresses + (pixels * 8L);
    }

    private static void WriteDimension(BinaryWriter writer, Axis axis)
    {
        writer.Write((int)axis.Size);
        writer.Write(axis.Origin * 1e-9);
        writer.Write(axis.Step * 1e-9);
        writer.Write(0);                 // the index that the offset belongs to
        WriteText(writer, "Position");
        WriteText(writer, "meters");
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write(text.Length);
        writer.Write(Encoding.Latin1.GetBytes(text));
    }

    private static void WriteAddresses(BinaryWriter writer, int pixels, long start, long elementBytes)
    {
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            writer.Write((uint)(start + (pixel * (elementBytes + TagBytes))));
        }

        for (var pixel = 0; pixel < pixels; pixel++)
        {
            writer.Write((uint)(start + (pixel * (elementBytes + TagBytes)) + elementBytes));
        }
    }

    private static void WriteElement(BinaryWriter writer, Axis energy, ReadOnlySpan<byte> counts)
    {
        writer.Write(energy.Origin);     // 0: offset, delta, element
        writer.Write(energy.Step);
        writer.Write(0);
        writer.Write((short)7);          // 20: float32
        writer.Write((int)energy.Size);  // 22
        writer.Write(counts);
    }

    private static void WriteTag(BinaryWriter writer, double x, double y)
    {
        writer.Write((short)0x4142);     // 0: time and position
        writer.Write((short)0);
        writer.Write(0);                 // 4: seconds since 1970, unknown
        writer.Write(x);                 // 8: metres
        writer.Write(y);                 // 16
    }
}
