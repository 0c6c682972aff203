using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>A column of numbers along an axis, as a signal of one dimension.</summary>
internal static class Curve
{
    /// <param name="name">Name of the signal.</param>
    /// <param name="kind">Trace or spectrum.</param>
    /// <param name="axis">As long as the values.</param>
    /// <param name="values">The ordinates.</param>
    /// <param name="unit">Their unit; empty where the file states none.</param>
    /// <param name="metadata">Normalised metadata.</param>
    /// <param name="original">Everything the file says.</param>
    /// <param name="pixel">float64, or an integer type for a column that is written without fractions.</param>
    public static ISignal Of(string name, SignalKind kind, Axis axis, IReadOnlyList<double> values, string unit, AcquisitionMetadata metadata, MetadataTree original, PixelType pixel = PixelType.Float64)
    {
        if (values.Count == 0 || values.Count != axis.Size)
        {
            throw ProblemException.Unreadable($"{name} has {values.Count} values on an axis of {axis.Size} points.");
        }

        var header = new SignalHeader(name, kind, pixel, [axis], metadata, original) { ValueUnit = unit };
        return new ArraySignal(header, pixel switch
        {
            PixelType.Int64 => MemoryMarshal.AsBytes(values.Select(value => (long)value).ToArray().AsSpan()).ToArray(),
            PixelType.Int32 => MemoryMarshal.AsBytes(values.Select(value => (int)value).ToArray().AsSpan()).ToArray(),
            _ => MemoryMarshal.AsBytes(values.ToArray().AsSpan()).ToArray(),
        });
    }

    /// <summary>int64 where every value is a whole number that fits, float64 otherwise.</summary>
    public static PixelType Narrowest(IEnumerable<double> values) => values.All(value => Math.Abs(value) < 1L << 53 && Math.Floor(value) == value) ? PixelType.Int64 : PixelType.Float64;
}
