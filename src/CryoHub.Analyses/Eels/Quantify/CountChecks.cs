using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>Counts channels that no counted electrons can have made.</summary>
internal sealed class CountChecks(SpectrumCube cube)
{
    private readonly float highest = cube.Header.Pixel switch
    {
        PixelType.UInt8 => byte.MaxValue,
        PixelType.Int8 => sbyte.MaxValue,
        PixelType.UInt16 => ushort.MaxValue,
        PixelType.Int16 => short.MaxValue,
        _ => float.PositiveInfinity,
    };

    private long negative;
    private long saturated;

    /// <summary>Looks at a row of spectra; rows may come from several threads.</summary>
    public void Row(ReadOnlySpan<float> spectra)
    {
        var (below, full) = (0, 0);
        foreach (var count in spectra)
        {
            below += count < 0 ? 1 : 0;
            full += count >= highest ? 1 : 0;
        }

        Interlocked.Add(ref negative, below);
        Interlocked.Add(ref saturated, full);
    }

    /// <summary>Says what was seen.</summary>
    public void Warn(IResultSink results)
    {
        if (negative > 0)
        {
            results.Warn($"{negative} of {(long)cube.Pixels * cube.Channels} channels hold negative counts: uncertainties are those of counted electrons and do not hold there.");
        }

        if (saturated > 0)
        {
            results.Warn($"{saturated} of {(long)cube.Pixels * cube.Channels} channels hold {highest:0}, the most that {cube.Header.Pixel} can hold: they are saturated, and counts there are too low.");
        }
    }
}
