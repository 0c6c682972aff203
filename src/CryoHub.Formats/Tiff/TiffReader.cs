using System.Text.Json.Nodes;
using CryoHub.Formats.Tiff.Dialects;
using CryoHub.Formats.Tiff.Ome;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>TIFF and BigTIFF of microscopes: pages of one kind are one signal.</summary>
public sealed class TiffReader : IFormatReader
{
    // The first that knows the file describes it.
    private static readonly IReadOnlyList<ITiffDialect> Dialects =
    [
        new EerDialect(), new OmeDialect(), new ImageJDialect(), new ThermoDialect(), new ZeissDialect(), new JeolTemDialect(), new DigitalMicrographDialect(), new TescanDialect(),
        new HitachiDialect(), new JeolSemDialect(), new ShapedDialect(),
    ];

    public FormatInfo Format { get; } = new(
        "tiff", "TIFF, BigTIFF, OME-TIFF, EER", [".tif", ".tiff", ".btf", ".tf8", ".eer"],
        "Integers of 1 to 64 bits, float, complex, colour; strips, tiles and stacks; OME-TIFF over several files; movies of electron events (EER) at the resolution of the sensor; calibration of OME, ImageJ, Thermo Fisher (FEI), Zeiss, TESCAN, JEOL, Hitachi and Gatan",
        "reduced pyramid levels are left out", "https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => TiffLayout.Of(head) is null ? Match.No : Match.Certain;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var directories = await TiffDirectories.ReadAsync(file.Bytes, ct);
        var description = await DescribeAsync(file, directories[0], ct);
        var original = await TiffTagNames.ReadAsync(directories[0], ct);
        if (description.Original.Count > 0)
        {
            original[description.Dialect] = description.Original;
        }

        if (description.Planes is { } planes)
        {
            switch (OmeSeries.SpreadOf(file, planes))
            {
                case OmeSpread.Complete:
                    return await new OmeSeries(file).OpenAsync(planes, description, original, ct);
                case OmeSpread.Incomplete:
                    description = description with { Leading = [] };    // the pages of this file are some of the planes only
                    break;
            }
        }

        var series = await SeriesAsync(file.Bytes, directories, description, ct);
        var name = Path.GetFileNameWithoutExtension(file.Name);
        return [.. series.Select((pages, index) => TiffSignal.Of(series.Count > 1 ? $"{name} ({index + 1})" : name, [.. pages.Select(page => (file.Bytes, page))], description, original))];
    }

    private static async Task<TiffDescription> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        foreach (var dialect in Dialects)
        {
            if (await dialect.DescribeAsync(file, tags, ct) is { } description)
            {
                return description;
            }
        }

        return new TiffDescription("TIFF") { Metadata = new() { AcquiredAt = TiffMoment.Iso(await tags.TextAsync(306, ct)), Instrument = Some(await tags.TextAsync(272, ct)) } };
    }

    private static async Task<IReadOnlyList<IReadOnlyList<TiffPage>>> SeriesAsync(IByteSource file, IReadOnlyList<TiffTags> directories, TiffDescription description, CancellationToken ct)
    {
        var series = new List<List<TiffPage>>();
        foreach (var tags in directories)
        {
            if (directories.Count > 1 && (await tags.LongAsync(254, 0, ct) & 1) == 1 && series.Count > 0)
            {
                continue;       // 254, bit 0: a smaller copy of another page
            }

            var page = await TiffPage.ReadAsync(file, tags, ct);
            if (series.Find(pages => pages[0].Format == page.Format) is { } alike)
            {
                alike.Add(page);
            }
            else
            {
                series.Add([page]);
            }
        }

        return series is [[var only]] ? [TiffContiguous.Expand(file, only, description.Leading)] : series;
    }

    private static string? Some(string text) => text.Length > 0 ? text : null;
}
