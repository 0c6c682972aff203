using CryoHub.Analyses.Eels.Edges;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>Finds the ionisation edges of a spectrum, names them and lists the maxima of their fine structure.</summary>
public sealed class EelsEdges : Analysis<EelsEdgesParameters>
{
    private const int FewestChannels = 32;
    private const double ShiftPenalty = 0.05;   // of a score, for every eV that the file's scale would be wrong
    private const double Worth = 0.15;           // of one more edge explained, above its score

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-edges",
        1,
        "Edges of an EELS spectrum",
        "Finds ionisation edges in an energy-loss spectrum, names them with a score and lists the maxima of their fine structure.",
        [new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum])],
        typeof(EelsEdgesParameters),
        [
            "Ahn and Krivanek, EELS Atlas, Gatan (1983): onsets and shapes",
            "X-ray Data Booklet, Lawrence Berkeley National Laboratory (2009), table 1-1: onsets that the atlas lacks",
            "Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., section 4.4, doi:10.1007/978-1-4419-9583-4",
        ])
    {
        Formula =
        [
            "Jump = counts after the rise / power law through the counts before it - 1; its significance counts noise (taken from the spectrum itself) and the power law's misfit.",
            "Score = significance / (significance + 3) x position x partner sub-shell x shape x how usual the element is, each between 0 and 1.",
            "Maxima of the fine structure: vertex of a least-squares parabola through the upper tenth of the counts; shoulders where the second derivative is least.",
        ],
        Limits =
        [
            "Within about 30 eV of a stronger edge no second one is named (potassium on carbon).",
            "Edges below some 1 % of the background, or within 8 eV of the start of the spectrum, are not found; low-loss spectra have none.",
            "An onset is where the counts rise most steeply: of a white line some 2 eV before its maximum.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        SpectrumCube.ScaleOf(Info.Title, header);
        return new Estimate(2 + (question.InputBytes / Analyses.Estimate.ReadRate), Analyses.Estimate.Process + (Environment.ProcessorCount * sizeof(float) * header.FramePixels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsEdgesParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        if (cube.Channels < FewestChannels)
        {
            throw ProblemException.Invalid($"{Info.Title} needs at least {FewestChannels} channels; \"{cube.Header.Name}\" has {cube.Channels}.");
        }

        if (parameters.Elements.FirstOrDefault(symbol => EdgeTable.Of(symbol).Count == 0) is { } unknown)
        {
            throw ProblemException.Invalid($"The table has no edges of \"{unknown}\"; expected chemical symbols as in {string.Join(", ", EdgeTable.All.Select(edge => edge.Element).Distinct().Take(8))} ...");
        }

        var region = (parameters.Region ?? new Region { Width = cube.Columns, Height = cube.Rows }).Inside(cube.Columns, cube.Rows);
        var sum = new RegionSpectrum(region, cube.Rows, cube.Channels);
        await cube.ReadAsync(run, new RunShare(0, 0.7, "Adding up the region"), (row, spectra) => sum.Add(row, spectra), ct);
        var counts = sum.Total();
        if (!(counts.Max() > 0))
        {
            throw ProblemException.Invalid($"The spectrum of the region has no counts: its highest channel holds {counts.Max():0.###}.");
        }

        var spectrum = new NoisySpectrum(cube.Scale, counts);
        var (shift, found) = Best(new EdgeFinder(spectrum, [.. parameters.Elements]), parameters, ct);
        new EelsEdgesResults(run.Results, spectrum, counts).Write(found, shift);
    }

    /// <summary>The edges at the shift of the energy scale that explains most; a file without shift is preferred.</summary>
    private static (double Shift, IReadOnlyList<FoundEdge> Found) Best(EdgeFinder finder, EelsEdgesParameters parameters, CancellationToken ct)
    {
        var (best, most, edges) = (0.0, double.NegativeInfinity, (IReadOnlyList<FoundEdge>)[]);
        for (var shift = -Math.Floor(parameters.LargestShift); shift <= parameters.LargestShift; shift++)
        {
            ct.ThrowIfCancellationRequested();
            IReadOnlyList<FoundEdge> found = [.. finder.Find(shift).Where(edge => edge.Score >= parameters.LeastScore / EdgeShape.Of(edge.Edge).Prior)];
            var value = found.Sum(edge => Worth + edge.Score) - (ShiftPenalty * Math.Abs(shift));
            if (value > most)
            {
                (best, most, edges) = (shift, value, found);
            }
        }

        return (best, edges);
    }
}
