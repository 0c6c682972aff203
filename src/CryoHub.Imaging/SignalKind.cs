namespace CryoHub.Imaging;

/// <summary>What a signal is to the scientist; decides its first view and which analyses take it.</summary>
public enum SignalKind
{
    Image, ImageStack, TiltSeries, Volume,
    Spectrum, SpectrumLine, SpectrumImage,
    Diffraction, DiffractionScan, EbsdMap,
    Trace, Table, PointCloud, Structure, Model, Document, Photo,
}
