using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Eels.Background;
using CryoHub.Analyses.Eels.Deconvolve;
using CryoHub.Analyses.Eels.Thickness;
using CryoHub.Analyses.Eels.FindEdges;
using CryoHub.Analyses.Eels.Model;
using CryoHub.Analyses.Eels.Quantify;
using CryoHub.Analyses.Edx.Peaks;
using CryoHub.Analyses.Fourier;
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
        new SpectrumMap(),
        new FftPeaks(),
        new EdxPeaks(),
        new EelsAlign(),
        new EelsEdges(),
        new EelsBackground(),
        new EelsThickness(),
        new EelsQuantify(),
        new EelsModel(),
        new EelsDeconvolve(),
    ];

    /// <summary>The analysis of that key, or <c>null</c>.</summary>
    public static IAnalysis? Find(string key) => Analyses.FirstOrDefault(analysis => analysis.Info.Key == key);
}
