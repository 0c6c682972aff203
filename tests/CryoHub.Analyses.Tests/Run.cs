using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests;

/// <summary>Runs an analysis on one signal and gives back its results.</summary>
internal static class Run
{
    public static Task<CollectedResults> Async(IAnalysis analysis, ISignal signal, object parameters, int threads = 2, long memory = 1L << 30) =>
        Async(analysis, new Dictionary<string, ISignal> { ["signal"] = signal }, parameters, threads, memory);

    public static async Task<CollectedResults> Async(IAnalysis analysis, IReadOnlyDictionary<string, ISignal> inputs, object parameters, int threads = 2, long memory = 1L << 30)
    {
        var results = new CollectedResults();
        var run = new AnalysisRun(inputs, parameters, new Progress<Step>(), results, CancellationToken.None) { Threads = threads, Memory = memory };
        await analysis.RunAsync(run, TestContext.Current.CancellationToken);
        return results;
    }

    public static async Task<string> ProblemAsync(IAnalysis analysis, ISignal signal, object parameters) =>
        (await Assert.ThrowsAsync<ProblemException>(() => Async(analysis, signal, parameters))).Message;

    public static ArraySignal Signal(SignalKind kind, float[] pixels, params Axis[] axes) => new(
        new SignalHeader("test", kind, PixelType.Float32, axes, AcquisitionMetadata.None, MetadataTree.Empty),
        MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray());
}
