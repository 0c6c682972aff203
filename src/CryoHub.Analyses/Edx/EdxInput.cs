using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.XRays;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Edx;

/// <summary>The X-ray spectra of a run: the summed spectrum of its region, the beam and the detector.</summary>
internal sealed class EdxInput
{
    public static IReadOnlyList<AnalysisInput> Inputs { get; } = [new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum])];

    private EdxInput(AnalysisRun run, SpectrumCube cube, EdxParameters parameters)
    {
        (Run, Cube, Parameters) = (run, cube, parameters);
        BeamEv = 1e3 * (parameters.BeamEnergyKeV ?? cube.Header.Metadata.BeamEnergyKeV ?? 0);
        if (!(BeamEv > 0))
        {
            throw ProblemException.Invalid($"\"{cube.Header.Name}\" states no beam energy; set it, in keV: it decides which lines can be there.");
        }

        if (cube.Scale.Highest < 1000 || cube.Step > 100)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"X-ray lines need a spectrum beyond 1000 eV in steps of at most 100 eV; \"{cube.Header.Name}\" covers {cube.Scale.Lowest:0} to {cube.Scale.Highest:0} eV in steps of {cube.Step:0.#} eV."));
        }

        Detector = new SiliconDetector(parameters.Window);
        Table = new XRayTable(BeamEv);
        Region = (parameters.Region ?? new Region { Width = cube.Columns, Height = cube.Rows }).Inside(cube.Columns, cube.Rows);
    }

    public AnalysisRun Run { get; }

    public SpectrumCube Cube { get; }

    public EdxParameters Parameters { get; }

    public double BeamEv { get; }

    public SiliconDetector Detector { get; }

    public XRayTable Table { get; }

    public Region Region { get; }

    /// <summary>Counts of all channels, summed over the region.</summary>
    public float[] Spectrum { get; private set; } = [];

    /// <summary>The model of the region's spectrum.</summary>
    public SpectrumModel Model { get; private set; } = null!;

    public IResultSink Results => Run.Results;

    /// <summary>Reads the spectra once, up to <paramref name="share"/> of the progress.</summary>
    /// <exception cref="ProblemException">The signal is no X-ray spectrum, or its region holds no counts.</exception>
    public static async Task<EdxInput> ReadAsync(AnalysisInfo info, AnalysisRun run, EdxParameters parameters, double share, CancellationToken ct)
    {
        var input = new EdxInput(run, new SpectrumCube(info.Title, run.Input(info, "signal")), parameters);
        var (cube, region) = (input.Cube, input.Region);
        var sum = new RegionSpectrum(region, cube.Rows, cube.Channels);
        var full = FullScale(cube.Header.Pixel);
        var saturated = 0;
        await cube.ReadAsync(run, new RunShare(0, share, "Adding up the spectra of the region"), (row, spectra) =>
        {
            sum.Add(row, spectra);
            if (full > 0 && spectra.Contains(full))
            {
                Interlocked.Add(ref saturated, spectra.Count(full));
            }
        }, ct);
        input.Spectrum = sum.Total();
        if (saturated > 0)
        {
            run.Results.Warn($"{saturated} channels of single pixels hold {full}, the most that {cube.Header.Pixel} can store: their counts may be cut off.");
        }

        var data = new SpectrumData(cube.Scale, input.Spectrum, input.BeamEv, parameters.FromEv, parameters.ToEv);
        if (!(data.Total > 0))
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"The region x {region.X} to {region.X + region.Width - 1}, y {region.Y} to {region.Y + region.Height - 1} holds no counts from {data.LowEv:0} to {data.HighEv:0} eV."));
        }

        input.Model = new SpectrumModel(data, input.Detector, input.BeamEv);
        return input;
    }

    private static float FullScale(PixelType pixel) => pixel switch
    {
        PixelType.UInt8 => byte.MaxValue,
        PixelType.UInt16 => ushort.MaxValue,
        PixelType.Int16 => short.MaxValue,
        _ => 0,
    };
}
