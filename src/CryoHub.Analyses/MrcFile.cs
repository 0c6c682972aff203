using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>
/// Writes a float32 image or volume as MRC2014 (Cheng et al., J. Struct. Biol. 192 (2015) 146), slab by slab; the header with the statistics comes last. Cell
/// edges are zero, "unknown", where the axes are no lengths.
/// </summary>
public sealed class MrcFile(Stream output, SignalHeader header) : IVolumeWriter
{
    private const int HeaderBytes = 1024;
    private float minimum = float.MaxValue;
    private float maximum = float.MinValue;
    private double sum;
    private double squares;
    private long count;

    /// <inheritdoc/>
    public async Task WriteSlabAsync(long firstSlice, ReadOnlyMemory<byte> slices, CancellationToken ct)
    {
        Count(MemoryMarshal.Cast<byte, float>(slices.Span));
        output.Position = HeaderBytes + (firstSlice * header.FrameBytes);
        await output.WriteAsync(slices, ct);
    }

    /// <summary>Writes the header; the stream stays open, at its start.</summary>
    public async ValueTask DisposeAsync()
    {
        output.Position = 0;
        await output.WriteAsync(Header());
        output.Position = 0;
    }

    private void Count(ReadOnlySpan<float> pixels)
    {
        foreach (var pixel in pixels)
        {
            if (!float.IsNaN(pixel))
            {
                minimum = Math.Min(minimum, pixel);
                maximum = Math.Max(maximum, pixel);
                sum += pixel;
                squares += (double)pixel * pixel;
                count++;
            }
        }
    }

    private byte[] Header()
    {
        var bytes = new byte[HeaderBytes];
        var mean = count > 0 ? sum / count : 0;
        for (var i = 0; i < 3; i++)
        {
            var axis = i < header.Axes.Count ? header.Axes[^(i + 1)] : new Axis("z", 1, "", AxisRole.Space);
            Int(4 * i, (int)axis.Size); // 0: nx, ny, nz
            Int(28 + (4 * i), (int)axis.Size); // 28: mx, my, mz
            Float(40 + (4 * i), (float)(axis.Size * axis.Step * 10 * (LengthUnits.Nanometres(axis.Unit) ?? 0))); // 40: cell in angstrom
            Float(52 + (4 * i), 90); // 52: cell angles
            Int(64 + (4 * i), i + 1); // 64: columns, rows, sections are x, y, z
        }

        Int(12, 2); // 12: mode, float32
        Float(76, count > 0 ? minimum : 0); // 76: minimum, maximum, mean
        Float(80, count > 0 ? maximum : -1);
        Float(84, (float)mean);
        Int(88, header.Kind == SignalKind.Volume ? 1 : 0); // 88: space group: 1 volume, 0 images
        Int(108, 20140); // 108: version
        "MAP "u8.CopyTo(bytes.AsSpan(208));
        bytes[212] = bytes[213] = 0x44; // 212: little endian
        Float(216, count > 0 ? (float)Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))) : -1); // 216: rms
        Int(220, 1); // 220: labels in use
        bytes.AsSpan(224, 80).Fill((byte)' ');
        Encoding.ASCII.GetBytes("CryoHub").CopyTo(bytes, 224);
        return bytes;

        void Int(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), value);
        void Float(int offset, float value) => BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(offset), value);
    }
}
