using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.Quantify;
using CryoHub.Analyses.Spectra;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Edx.Map;

/// <summary>All counts in windows around main lines: what is seen before anything is fitted.</summary>
internal static class RawMaps
{
    public static async Task<float[][]> ReadAsync(EdxInput input, SpectrumFit fit, QuantifiedLine[] lines, double fwhms, RunShare share, CancellationToken ct)
    {
        var cube = input.Cube;
        ChannelRange[] windows = [.. lines.Select(line =>
        {
            var (ev, half) = (fit.Peaks.At(line.Family.Main.EnergyEv), fwhms / 2 * fit.Peaks.Fwhm(line.Family.Main.EnergyEv));
            return cube.Scale.Window(Math.Max(ev - half, cube.Scale.Lowest), Math.Min(ev + half, cube.Scale.Highest));
        })];
        float[][] maps = [.. lines.Select(_ => new float[cube.Pixels])];
        await cube.ReadAsync(input.Run, share, (row, spectra) =>
        {
            var sums = new double[cube.Columns];
            for (var i = 0; i < windows.Length; i++)
            {
                WindowSums.Of(spectra, cube.Channels, windows[i].First, windows[i].Count, sums);
                for (var x = 0; x < cube.Columns; x++)
                {
                    maps[i][(row * cube.Columns) + x] = (float)sums[x];
                }
            }
        }, ct);
        return maps;
    }
}
