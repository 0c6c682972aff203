namespace CryoHub.Numerics.Filtering;

/// <summary>One level of the orthogonal wavelet transform with Daubechies' eight coefficients (Comm. Pure Appl. Math. 41 (1988) 909, table 1, N = 4), periodic.</summary>
public static class Daubechies
{
    private static readonly float[] Low =
    [
        0.230377813308855f, 0.714846570552542f, 0.630880767929590f, -0.027983769416984f, -0.187034811718881f, 0.030841381835987f, 0.032883011666983f, -0.010597401784997f,
    ];

    /// <summary>Splits <paramref name="line"/> (even length) into its smooth half and its detail half.</summary>
    public static void Split(ReadOnlySpan<float> line, Span<float> smooth, Span<float> detail)
    {
        for (var i = 0; i < line.Length / 2; i++)
        {
            var (a, d) = (0f, 0f);
            for (var k = 0; k < Low.Length; k++)
            {
                var value = line[((2 * i) + k) % line.Length];
                a += Low[k] * value;
                d += High(k) * value;
            }

            (smooth[i], detail[i]) = (a, d);
        }
    }

    /// <summary>The inverse of <see cref="Split"/>.</summary>
    public static void Join(ReadOnlySpan<float> smooth, ReadOnlySpan<float> detail, Span<float> line)
    {
        line.Clear();
        for (var i = 0; i < smooth.Length; i++)
        {
            for (var k = 0; k < Low.Length; k++)
            {
                line[((2 * i) + k) % line.Length] += (Low[k] * smooth[i]) + (High(k) * detail[i]);
            }
        }
    }

    private static float High(int k) => k % 2 == 0 ? Low[Low.Length - 1 - k] : -Low[Low.Length - 1 - k];
}
