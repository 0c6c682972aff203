using CryoHub.Analyses.Phantoms;
using CryoHub.Formats.Mrc;

namespace CryoHub.EndToEnd.Processes;

/// <summary>An MRC file of the lithium phantom from -60 to 60 degrees.</summary>
internal static class TiltSeriesFile
{
    public static async Task<byte[]> MakeAsync(int columns, int rows, double stepDeg)
    {
        var angles = Enumerable.Range(0, (int)(120 / stepDeg) + 1).Select(view => -60 + (view * stepDeg)).ToArray();
        using var file = new MemoryStream();
        await new MrcWriter().WriteAsync(new LithiumDeposit(seed: 7).TiltSeries(angles, columns, rows, pixelNm: 320.0 / columns), file, CancellationToken.None);
        return file.ToArray();
    }
}
