using CryoHub.Imaging.Statistics;

namespace CryoHub.Imaging.Pyramids;

/// <summary>Sums all spectra that pass by into one, for the thumbnail of a signal that is no picture.</summary>
internal sealed class CurveKeeper(SignalHeader header)
{
    private readonly double[] row = new double[checked((int)header.Shape[^1])];

    public double[] Values { get; } = new double[checked((int)header.Shape[^1])];

    /// <summary>Adds whole rows of the last axis; coloured pixels have no curve.</summary>
    public void Add(PixelType pixel, ReadOnlySpan<byte> planes)
    {
        var bytes = row.Length * pixel.Bytes();
        for (var start = 0; start < planes.Length && !pixel.IsColour(); start += bytes)
        {
            PixelConversion.ToDouble(pixel, planes.Slice(start, bytes), row);
            for (var i = 0; i < row.Length; i++)
            {
                Values[i] += row[i];
            }
        }
    }
}
