using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Align;

/// <summary>Finds the zero-loss peak of every pixel to a fraction of a channel and moves all spectra, and those of the other side of a dual pair, to one energy axis.</summary>
public sealed class EelsAlign : Analysis<EelsAlignParameters>
{
    private const double SpikeFreeWidths = 3; // full widths to both sides of the zero loss: its flanks are no spikes

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-align",
        1,
        "Zero-loss alignment",
        "Moves every spectrum of an EELS data set so that its zero-loss peak lies at one energy, with maps of position and width, the drift of the energy scale and a list of spikes.",
        [
            new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum]),
            new AnalysisInput("core", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum], Required: false),
        ],
        typeof(EelsAlignParameters),
        [
            "Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., section 2.6, doi:10.1007/978-1-4419-9583-4",
            "Keys, IEEE Trans. Acoust. Speech Signal Process. 29 (1981) 1153, doi:10.1109/TASSP.1981.1163711 (cubic convolution)",
            "Gubbens et al., Ultramicroscopy 110 (2010) 962, doi:10.1016/j.ultramic.2010.01.009 (dual EELS)",
        ])
    {
        Formula =
        [
            "Zero loss: the first peak of at least a twentieth of the highest that falls to half height on both sides; with a search range its highest channel.",
            "Centre: ln m(x) = a + b x + c x^2 of greatest Poisson likelihood within three quarters of the full width to both sides, centre -b / 2c, its uncertainty from the inverse Fisher matrix.",
            "Width: distance of the half-height crossings, straight lines between channels.",
            "Moving: aligned(E) = spectrum(E + position - median position), cubic convolution over four channels (a = -1/2); the other side of a dual pair by the same energy.",
            "Spikes: channels above the median of their neighbours (two to four channels away) by the threshold times noise x root of the counts, beyond what neighbouring pixels, or without those the bends around, show there.",
        ],
        Limits =
        [
            "Channels moved in from outside have no value; nothing is cropped unless asked.",
            "Interpolated channels share their noise with their neighbours: counting statistics of single channels no longer hold after a move by parts of a channel.",
            "The zero loss must fall to half height inside the spectrum; a saturated top biases position and width, and is warned of.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        var scale = SpectrumCube.ScaleOf(Info.Title, header);
        var bytes = question.InputBytes;
        return new Estimate(1 + (2 * bytes / Analyses.Estimate.ReadRate) + (bytes / Analyses.Estimate.WriteRate), Analyses.Estimate.Process + SpectrumCube.MemoryBytes(header, scale.Channels) + (24 * header.PixelCount / scale.Channels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsAlignParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        var core = run.Inputs.ContainsKey("core") ? new SpectrumCube(Info.Title, run.Input(Info, "core")) : null;
        if (core is not null && (core.Rows != cube.Rows || core.Columns != cube.Columns))
        {
            throw ProblemException.Invalid($"Both sides of a dual pair need the same pixels; \"{cube.Header.Name}\" has {cube.Columns} x {cube.Rows}, \"{core.Header.Name}\" {core.Columns} x {core.Rows}.");
        }

        var map = new ZeroLossMap(cube, parameters.Centre, parameters.SearchFrom, parameters.SearchTo);
        await cube.ReadAsync(run, new RunShare(0, 0.3, "Looking for the zero loss"), (row, spectra) => map.Row(row, spectra), ct);
        var reference = map.Median();
        var report = new EelsAlignResults(run.Results, cube, map);
        await report.MapsAsync(reference, ct);
        await AlignAsync("Aligned", cube, new RunShare(0.3, core is null ? 1 : 0.65, "Moving the spectra"));
        if (core is not null)
        {
            await AlignAsync("Aligned core loss", core, new RunShare(0.65, 1, "Moving the other side"));
        }

        async Task AlignAsync(string name, SpectrumCube side, RunShare share)
        {
            var axis = new AlignedAxis(side, map.Position, reference, parameters);
            var spikes = new SpikeFinder(side.Columns, side.Channels, parameters.SpikeThreshold, parameters.Spikes);
            await using (var output = new CubeOutput(run.Results, name, axis.Header))
            {
                await side.RewriteAsync(run, share, axis.Channels, (row, spectra, _, aligned) =>
                {
                    spikes.Row(row, spectra, x => side == cube ? Guard(row, x, -1) : 0, x => side == cube ? Guard(row, x, 1) : 0);
                    axis.Row(row, spectra, aligned);
                }, (first, slab) => output.WriteAsync(first, slab, ct), ct);
            }

            await report.SpikesAsync(name, side, spikes.Found, parameters, ct);
        }

        int Guard(int row, int x, int side)
        {
            var pixel = (row * cube.Columns) + x;
            var energy = map.Position[pixel] + (side * SpikeFreeWidths * map.Width[pixel]);
            return float.IsNaN(map.Position[pixel]) ? 0 : (int)Math.Clamp((energy - cube.Scale.Lowest) / cube.Step, 0, cube.Channels);
        }
    }
}
