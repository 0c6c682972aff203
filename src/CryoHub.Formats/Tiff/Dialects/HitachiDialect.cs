using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>Hitachi: a side file of the same name, section SemImageFile; nanometres and volts.</summary>
internal sealed class HitachiDialect : ITiffDialect
{
    private const string Section = "SemImageFile";

    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        var text = await IniText.SiblingAsync(file, Path.ChangeExtension(file.Name, ".txt"), ct);
        if (text?.Contains($"[{Section}]", StringComparison.Ordinal) != true)
        {
            return null;
        }

        var ini = IniText.Parse(text);
        var scale = TiffScale.Of(ini.Number(Section, "PixelSize"), "nm");
        var volts = ini.Text(Section, "AcceleratingVoltage")?.Split(' ')[0];
        return new TiffDescription("Hitachi")
        {
            X = scale,
            Y = scale,
            Metadata = new()
            {
                BeamEnergyKeV = double.TryParse(volts, System.Globalization.CultureInfo.InvariantCulture, out var energy) ? energy / 1000 : null,
                Magnification = ini.Number(Section, "Magnification"),
                AcquiredAt = TiffMoment.Iso($"{ini.Text(Section, "Date")} {ini.Text(Section, "Time")}"),
                Instrument = ini.Text(Section, "InstructName") ?? ini.Text(Section, "InstrumentName"),
                Detector = ini.Text(Section, "SignalName"),
            },
            Original = ini.Sections,
        };
    }
}
