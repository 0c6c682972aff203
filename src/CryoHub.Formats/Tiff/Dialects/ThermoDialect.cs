using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>Thermo Fisher and FEI scanning microscopes: an INI text in tag 34682 (Helios) or 34680 (SFEG), lengths in metres, volts.</summary>
internal sealed class ThermoDialect : ITiffDialect
{
    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        var tag = tags.Has(34682) ? 34682 : 34680;
        if (!tags.Has(tag))
        {
            return null;
        }

        var ini = IniText.Parse(await tags.TextAsync(tag, ct));
        return new TiffDescription("FEI")
        {
            X = TiffScale.Of(ini.Number("Scan", "PixelWidth") ?? (ini.Number("IRBeam", "HFW") / ini.Number("Image", "ResolutionX")), "m"),
            Y = TiffScale.Of(ini.Number("Scan", "PixelHeight") ?? (ini.Number("IRBeam", "VFW") / ini.Number("Image", "ResolutionY")), "m"),
            Metadata = new()
            {
                BeamEnergyKeV = (ini.Number("Beam", "HV") ?? ini.Number("EBeam", "HV")) / 1000,
                ExposureS = ini.Number("Scan", "FrameTime") ?? ini.Number("EScan", "FrameTime"),
                AcquiredAt = TiffMoment.Iso($"{ini.Text("User", "Date")} {ini.Text("User", "Time")}"),
                Instrument = ini.Text("System", "SystemType") ?? ini.Text("System", "Type"),
                FaceAngleDeg = FaceAngle(ini),
                Detector = ini.Text("Detectors", "Name"),
                TiltDeg = ini.Number("Stage", "StageT") * 180 / Math.PI,
            },
            Original = ini.Sections,
        };
    }

    /// <summary>The columns of every DualBeam of FEI and Thermo Fisher stand 52 degrees apart; the ion beam's own pictures show no face.</summary>
    private static double? FaceAngle(IniText ini) => (ini.Text("System", "Type"), ini.Text("Beam", "Beam"), ini.Text("EBeam", "TiltCorrectionIsOn")) switch
    {
        ("DualBeam", "EBeam", "yes") => 90,
        ("DualBeam", "EBeam", "no") => 52,
        _ => null,
    };
}
