using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>Fits and subtracts row by row: from the window of each edge on, that edge's background; before the first window there is no value.</summary>
internal sealed class Subtraction(SpectrumCube cube, EdgeBackground[] edges, SharedShapes[]? shapes, EdgePlanes[] planes)
{
    private const int MostUnknowns = 5;

    /// <summary>Fills the row's pixels of the maps and, where <paramref name="net"/> is not empty, their spectra without background.</summary>
    public void Row(int row, ReadOnlySpan<float> spectra, Span<float> net)
    {
        var scratch = new float[edges.Max(edge => edge.Edge.FitCount)];
        Span<double> unknowns = stackalloc double[MostUnknowns];
        for (var x = 0; x < cube.Columns; x++)
        {
            var spectrum = spectra.Slice(x * cube.Channels, cube.Channels);
            var result = net.IsEmpty ? [] : net.Slice(x * cube.Channels, cube.Channels);
            var pixel = (row * cube.Columns) + x;
            result[..(net.IsEmpty ? 0 : edges[0].Edge.Before.First)].Fill(float.NaN);
            for (var e = 0; e < edges.Length; e++)
            {
                var fitted = unknowns[..edges[e].Unknowns];
                var found = edges[e].Fit(spectrum, scratch, shapes is null ? [] : shapes[e].Of(pixel), fitted);
                planes[e].Set(pixel, found);
                if (!net.IsEmpty)
                {
                    var first = edges[e].Edge.Before.First;
                    var end = e + 1 < edges.Length ? edges[e + 1].Edge.Before.First : cube.Channels;
                    if (double.IsFinite(found.Net))
                    {
                        edges[e].Subtract(spectrum[first..end], first, fitted, result[first..end]);
                    }
                    else
                    {
                        result[first..end].Fill(float.NaN);
                    }
                }
            }
        }
    }
}
