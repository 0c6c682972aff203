using System.Runtime.InteropServices;
using CryoHub.Formats;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Analyses.Tests.Eels;

/// <summary>What the tests of the EELS analyses begin with: signals made of numbers, real files, runs with several inputs.</summary>
internal static class EelsRun
{
    public static readonly AcquisitionMetadata Microscope = new() { BeamEnergyKeV = 200, ConvergenceMrad = 10, CollectionMrad = 20 };

    public static ArraySignal Image(float[] counts, int rows, int columns, double step, double origin, string unit = "eV") => Signal(
        counts, SignalKind.SpectrumImage, new Axis("y", rows, "nm", AxisRole.Space), new Axis("x", columns, "nm", AxisRole.Space), Energy(counts.Length / rows / columns, step, origin, unit));

    public static ArraySignal Spectrum(float[] counts, double step, double origin, string unit = "eV") => Signal(counts, SignalKind.Spectrum, Energy(counts.Length, step, origin, unit));

    public static ArraySignal Signal(float[] counts, SignalKind kind, params Axis[] axes) => new(
        new SignalHeader("test", kind, PixelType.Float32, axes, Microscope, MetadataTree.Empty), MemoryMarshal.AsBytes(counts.AsSpan()).ToArray());

    public static async Task<CollectedResults> Async(IAnalysis analysis, object parameters, params (string Role, ISignal Signal)[] inputs)
    {
        var results = new CollectedResults();
        var run = new AnalysisRun(inputs.ToDictionary(input => input.Role, input => input.Signal), parameters, new Progress<Step>(), results, CancellationToken.None) { Threads = 2 };
        await analysis.RunAsync(run, TestContext.Current.CancellationToken);
        return results;
    }

    public static async Task<string> ProblemAsync(IAnalysis analysis, object parameters, params (string Role, ISignal Signal)[] inputs) =>
        (await Assert.ThrowsAsync<ProblemException>(() => Async(analysis, parameters, inputs))).Message;

    /// <summary>The first spectrum, line or image of spectra of a real file; the test counts as skipped where the files are absent.</summary>
    public static async Task<ISignal> RealAsync(string path)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var file = new FolderFile(SharedData.PathOf(path));   // read as long as the test runs
        var ct = TestContext.Current.CancellationToken;
        return (await (await FormatCatalog.DetectAsync(file, ct)).OpenAsync(file, ct)).First(signal => signal.Header.Kind.IsSpectral());
    }

    private static Axis Energy(int channels, double step, double origin, string unit) => new("energy", channels, unit, AxisRole.Energy, step, origin);
}
