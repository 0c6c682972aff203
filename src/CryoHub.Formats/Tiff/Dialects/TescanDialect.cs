using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>TESCAN: an INI text in tag 50431 (after a thumbnail) or in a side file, image.tif with image-tif.hdr or image.hdr; metres and volts.</summary>
internal sealed class TescanDialect : ITiffDialect
{
    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        var stem = Path.GetFileNameWithoutExtension(file.Name);
        var text = tags.Has(50431) ? Encoding.Latin1.GetString(await tags.BytesAsync(50431, ct))
            : await IniText.SiblingAsync(file, $"{stem}-{Path.GetExtension(file.Name).TrimStart('.')}.hdr", ct) ?? await IniText.SiblingAsync(file, $"{stem}.hdr", ct);
        if (text?.IndexOf("[MAIN]", StringComparison.Ordinal) is not (>= 0 and var start))
        {
            return null;
        }

        var ini = IniText.Parse(text[start..]);
        return new TiffDescription("TESCAN")
        {
            X = TiffScale.Of(ini.Number("MAIN", "PixelSizeX"), "m"),
            Y = TiffScale.Of(ini.Number("MAIN", "PixelSizeY"), "m"),
            Metadata = new()
            {
                BeamEnergyKeV = (ini.Number("SEM", "HV") ?? ini.Number("SEM", "AcceleratorVoltage")) / 1000,
                Magnification = ini.Number("MAIN", "Magnification"),
                AcquiredAt = TiffMoment.Iso($"{ini.Text("MAIN", "Date")} {ini.Text("MAIN", "Time")}") ?? TiffMoment.Iso(ini.Text("MAIN", "Date")),
                Instrument = ini.Text("MAIN", "Device"),
                Detector = ini.Text("SEM", "Detector") ?? ini.Text("SEM", "Detector0"),
                TiltDeg = ini.Number("SEM", "StageTilt"),
            },
            Original = ini.Sections,
        };
    }
}
