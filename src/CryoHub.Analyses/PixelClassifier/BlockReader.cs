using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Reads blocks of a signal; pixels without a value stand as 0 and are counted. The last frame is kept, as the next block may need it too.</summary>
internal sealed class BlockReader(ISignal signal, VolumeShape shape)
{
    private float[] frame = [];
    private int held = -1;

    public VolumeShape Shape => shape;

    /// <summary>Fills <paramref name="values"/> with the block; <paramref name="missing"/> is set to 1 where there is no value.</summary>
    public async Task ReadAsync(Block block, float[] values, byte[] missing, CancellationToken ct)
    {
        var to = 0;
        for (var z = block.Z0; z < block.Z1; z++)
        {
            ct.ThrowIfCancellationRequested();
            if (held != z)
            {
                frame = frame.Length == 0 ? new float[shape.Plane] : frame;
                await signal.ReadAsync(z, frame, ct);
                held = z;
            }

            for (var y = block.Y0; y < block.Y1; y++)
            {
                var row = frame.AsSpan((y * shape.Width) + block.X0, block.X1 - block.X0);
                for (var x = 0; x < row.Length; x++, to++)
                {
                    var known = float.IsFinite(row[x]);
                    values[to] = known ? row[x] : 0;
                    missing[to] = known ? (byte)0 : (byte)1;
                }
            }
        }
    }
}
