using CryoHub.Analyses.Annotated;
using CryoHub.Analyses.Edx.Fit;
using CryoHub.Analyses.Edx.Map;
using CryoHub.Analyses.Edx.Peaks;
using CryoHub.Analyses.Edx.Quantify;
using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Eels.Background;
using CryoHub.Analyses.Eels.Deconvolve;
using CryoHub.Analyses.Eels.FindEdges;
using CryoHub.Analyses.Eels.LowLoss;
using CryoHub.Analyses.Eels.Model;
using CryoHub.Analyses.Eels.Quantify;
using CryoHub.Analyses.Eels.References;
using CryoHub.Analyses.Eels.Thickness;
using CryoHub.Analyses.Eels.Vibrational;
using CryoHub.Analyses.FibSem;
using CryoHub.Analyses.Fourier;
using CryoHub.Analyses.Movies;
using CryoHub.Analyses.Profiles;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Spectra.Decompose;
using CryoHub.Analyses.Tomography;
using CryoHub.Analyses.Tomography.Alignment;
using CryoHub.Analyses.Tomography.DualAxis;

namespace CryoHub.Analyses;

/// <summary>Every analysis a user can run.</summary>
public static class AnalysisCatalog
{
    public static IReadOnlyList<IAnalysis> Analyses { get; } =
    [
        new TomogramWbp(),
        new Tomogram(),
        new TomogramDual(),
        new TiltAlign(),
        new MovieAlign(),
        new TiltClean(),
        new TomogramQuality(),
        new FibSemStack(),
        new SpectrumMap(),
        new SpectrumDecompose(),
        new FftPeaks(),
        new VolumeMeasure.VolumeMeasure(),
        new VolumeSegment.VolumeSegment(),
        new VolumeMovie.VolumeMovie(),
        new EdxPeaks(),
        new EdxModel(),
        new EdxQuantify(),
        new EdxMap(),
        new LineProfile(),
        new EelsAlign(),
        new EelsEdges(),
        new EelsBackground(),
        new EelsQuantify(),
        new EelsModel(),
        new EelsReferences(),
        new EelsThickness(),
        new EelsDeconvolve(),
        new EelsLowLoss(),
        new EelsVibrational(),
        new LayerThickness(),
        new WhiskerMorphology(),
        new Crystallites(),
        new LatticeRuler(),
        new LabelAgreement(),
        new PixelClassifier.PixelClassifier(),
    ];

    /// <summary>The analysis of that key, or <c>null</c>.</summary>
    public static IAnalysis? Find(string key) => Analyses.FirstOrDefault(analysis => analysis.Info.Key == key);
}
