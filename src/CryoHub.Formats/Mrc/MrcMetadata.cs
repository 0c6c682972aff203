using CryoHub.Imaging;

namespace CryoHub.Formats.Mrc;

/// <summary>SerialEM's file beside the image wins over the extended header: it is what an operator can correct.</summary>
internal static class MrcMetadata
{
    public static AcquisitionMetadata Of(MrcExtendedHeader extended, Mdoc? mdoc, SignalKind kind)
    {
        var stated = extended.Metadata;
        return stated with
        {
            BeamEnergyKeV = mdoc?.BeamEnergyKeV ?? stated.BeamEnergyKeV,
            Magnification = mdoc?.Magnification ?? stated.Magnification,
            ExposureS = mdoc?.ExposureS ?? stated.ExposureS,
            FluenceEPerA2 = mdoc?.FluenceEPerA2 ?? stated.FluenceEPerA2,
            TiltAxisDeg = mdoc?.TiltAxisDeg,
            TiltDeg = kind == SignalKind.TiltSeries ? null : stated.TiltDeg,   // a series has one for each section, on its axis
        };
    }
}
