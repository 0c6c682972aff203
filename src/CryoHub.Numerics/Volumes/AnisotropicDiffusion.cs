using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Diffusion that stops at edges (Perona and Malik, IEEE Trans. PAMI 12 (1990) 629, doi:10.1109/34.56205): each step adds the differences d to the face
/// neighbours, each weighted by 1 / (1 + (d / edge)^2). Nothing crosses the volume's faces.
/// </summary>
public static class AnisotropicDiffusion
{
    /// <summary>One explicit step on slices <paramref name="first"/> and following into <paramref name="result"/>, which holds just these.</summary>
    /// <param name="volume">The whole volume.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="edge">Difference that counts as an edge.</param>
    /// <param name="step">Time step; at most 1 over the number of neighbours is stable.</param>
    /// <param name="first">First slice.</param>
    /// <param name="count">How many slices.</param>
    /// <param name="result">Their new values.</param>
    public static void Step(ReadOnlySpan<float> volume, VolumeShape shape, float edge, float step, int first, int count, Span<float> result)
    {
        var padded = ArrayPool<float>.Shared.Rent(shape.Width + 2);
        try
        {
            for (var row = 0; row < count * shape.Height; row++)
            {
                var (z, y) = (first + (row / shape.Height), row % shape.Height);
                var line = volume.Slice(shape.Index(z, y, 0), shape.Width);
                var target = result.Slice(row * shape.Width, shape.Width);
                Mirror.Pad(line, 1, padded);
                line.CopyTo(target);
                Add(line, padded.AsSpan(0, shape.Width), edge, step, target);
                Add(line, padded.AsSpan(2, shape.Width), edge, step, target);
                Add(line, volume.Slice(shape.Index(z, Math.Max(0, y - 1), 0), shape.Width), edge, step, target);
                Add(line, volume.Slice(shape.Index(z, Math.Min(shape.Height - 1, y + 1), 0), shape.Width), edge, step, target);
                Add(line, volume.Slice(shape.Index(Math.Max(0, z - 1), y, 0), shape.Width), edge, step, target);
                Add(line, volume.Slice(shape.Index(Math.Min(shape.Depth - 1, z + 1), y, 0), shape.Width), edge, step, target);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(padded);
        }
    }

    private static void Add(ReadOnlySpan<float> line, ReadOnlySpan<float> neighbour, float edge, float step, Span<float> target)
    {
        var inverse = 1 / (edge * edge);
        var lines = MemoryMarshal.Cast<float, Vector<float>>(line);
        var neighbours = MemoryMarshal.Cast<float, Vector<float>>(neighbour);
        var targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (var i = 0; i < targets.Length; i++)
        {
            var d = neighbours[i] - lines[i];
            targets[i] += step * d / (Vector<float>.One + (inverse * d * d));
        }

        for (var i = targets.Length * Vector<float>.Count; i < target.Length; i++)
        {
            var d = neighbour[i] - line[i];
            target[i] += step * d / (1 + (inverse * d * d));
        }
    }
}
