using CryoHub.Analyses.Edx.Fit;
using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.Quantify;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Edx.Map;

/// <summary>Maps of elements, and up to six of them in one colour picture.</summary>
public sealed class EdxMap : Analysis<EdxMapParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "edx-map",
        1,
        "EDX maps",
        "Raw, net or quantified maps of elements, and a colour picture of up to six of them with legend and scale bar.",
        [new AnalysisInput("signal", [SignalKind.SpectrumImage])],
        typeof(EdxMapParameters),
        ["Goldstein et al., Scanning Electron Microscopy and X-Ray Microanalysis, 4th ed. (2018), chapter 24, doi:10.1007/978-1-4939-6676-9"])
    {
        Formula =
        [
            "Raw: all counts from E - w FWHM / 2 to E + w FWHM / 2 around the main line, at the fitted energy scale and resolution.",
            "Net: counts of the family as in edx-model; atomic percent as in edx-quantify with calculated k-factors and no absorption.",
            "Colour: each element from 0 (black) to the value that only the clipped share of the pixels exceeds (its colour in full); colours are added.",
        ],
        Limits =
        [
            "Raw maps hold background and overlapping lines: a bright pixel there is no proof of the element.",
            "Colours say where, not how much: every element has its own full value, which the legend states.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EdxMapParameters parameters, CancellationToken ct)
    {
        var colours = ElementNames.Parse(parameters.Colours);
        if (colours.Length > ColourPicture.Most)
        {
            throw ProblemException.Invalid($"The colour picture takes up to {ColourPicture.Most} elements; found {colours.Length}.");
        }

        var input = await EdxInput.ReadAsync(Info, run, parameters, 0.35, ct);
        if (input.Cube.Header.Axes.Count != 3)
        {
            throw ProblemException.Invalid($"Maps need an image of spectra ([y, x, energy]); \"{input.Cube.Header.Name}\" is {string.Join(" x ", input.Cube.Header.Shape)}.");
        }

        run.Progress.Report(new Step(0.4, "Fitting the spectrum of the region"));
        var fit = ElementFit.Of(input, parameters.Elements);
        var lines = LineChoice.Of(input, fit, new EdxQuantifyParameters());
        var places = colours.Select(z => Array.FindIndex(lines, line => line.Family.Z == z)).ToArray();
        if (places.Contains(-1))
        {
            throw ProblemException.Invalid($"There is no map of {parameters.Colours[Array.IndexOf(places, -1)]}; there are {string.Join(", ", lines.Select(line => line.Family.Symbol))}.");
        }

        var maps = await MapsAsync(input, fit, lines, parameters, ct);
        var pictures = new PixelMaps(run.Results, input.Cube.Header);
        foreach (var map in maps)
        {
            await pictures.AddAsync(map.Name, map.Values, map.Unit, map.Errors, ct);
        }

        int[] strongest = [.. Enumerable.Range(0, lines.Length).OrderByDescending(i => fit.Counts[lines[i].Part]).Take(ColourPicture.Most)];
        ElementMap[] shown = [.. (places.Length > 0 ? places : strongest).Select(i => maps[i])];
        var axis = input.Cube.Header.Axes[1];
        var png = ColourPicture.Draw(shown, input.Cube.Rows, input.Cube.Columns, LengthUnits.Nanometres(axis.Unit) * axis.Step, parameters.ClippedPercent);
        using var stream = new MemoryStream(png);
        await run.Results.FileAsync("Colour picture.png", "image/png", stream, ct);
        run.Results.Table("Colours", [
            new Column("Element", "", [.. shown.Select(map => (object)map.Symbol)]),
            new Column("Colour", "", [.. shown.Select((_, i) => (object)ColourPicture.NameOf(i))]),
        ]);
        FitTable.Add(input, fit);
        FitCurves.Add(input, fit);
    }

    private static async Task<ElementMap[]> MapsAsync(EdxInput input, SpectrumFit fit, QuantifiedLine[] lines, EdxMapParameters parameters, CancellationToken ct)
    {
        var share = new RunShare(0.5, 0.9, "Mapping every pixel");
        if (parameters.Show == MapValue.Raw)
        {
            var raw = await RawMaps.ReadAsync(input, fit, lines, parameters.WindowFwhms, share, ct);
            return [.. lines.Select((line, i) => new ElementMap(line.Family.Symbol, $"{line.Family.Name} raw counts", "counts", raw[i], [.. raw[i].Select(MathF.Sqrt)]))];
        }

        var maps = await FamilyMaps.ReadAsync(input, fit, parameters.Box, share, ct);
        FewCounts.Warn(input, maps, fit.Parts.Count);
        if (parameters.Show == MapValue.Net)
        {
            return [.. lines.Select(line => new ElementMap(line.Family.Symbol, $"{line.Family.Name} net counts", "counts", maps.Counts[line.Part], maps.Errors(line.Part)))];
        }

        var composition = CompositionMaps.Of(maps, lines, null, 0, parameters.LeastCounts, input.Run.Parallel(ct));
        return [.. lines.Select((line, i) => new ElementMap(line.Family.Symbol, $"{line.Family.Symbol} at%", "at%", composition.Atoms[i], composition.Errors[i]))];
    }
}
