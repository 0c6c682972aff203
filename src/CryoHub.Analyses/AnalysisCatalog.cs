using CryoHub.Analyses.Fourier;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Tomography;

namespace CryoHub.Analyses;

/// <summary>Every analysis a user can run.</summary>
public static class AnalysisCatalog
{
    public static IReadOnlyList<IAnalysis> Analyses { get; } =
    [
        new TomogramWbp(),
        new SpectrumMap(),
        new FftPeaks(),
        new VolumeMeasure.VolumeMeasure(),
        new VolumeSegment.VolumeSegment(),
    ];

    /// <summary>The analysis of that key, or <c>null</c>.</summary>
    public static IAnalysis? Find(string key) => Analyses.FirstOrDefault(analysis => analysis.Info.Key == key);
}
