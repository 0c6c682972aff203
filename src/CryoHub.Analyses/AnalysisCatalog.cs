using CryoHub.Analyses.Fourier;
using CryoHub.Analyses.Movies;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Tomography;
using CryoHub.Analyses.Tomography.Alignment;

namespace CryoHub.Analyses;

/// <summary>Every analysis a user can run.</summary>
public static class AnalysisCatalog
{
    public static IReadOnlyList<IAnalysis> Analyses { get; } =
    [
        new TomogramWbp(),
        new Tomogram(),
        new TiltAlign(),
        new MovieAlign(),
        new TiltClean(),
        new SpectrumMap(),
        new FftPeaks(),
    ];

    /// <summary>The analysis of that key, or <c>null</c>.</summary>
    public static IAnalysis? Find(string key) => Analyses.FirstOrDefault(analysis => analysis.Info.Key == key);
}
