using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>Everything one run gets.</summary>
/// <param name="Inputs">By role.</param>
/// <param name="Parameters">An instance of <see cref="AnalysisInfo.Parameters"/>.</param>
/// <param name="Progress">Report freely, once per frame; the runner keeps only the newest.</param>
/// <param name="Results">Where results go; nothing is visible before the run has succeeded.</param>
/// <param name="StopAndKeep">Set when the user wants an iteration to end with what it has.</param>
public sealed record AnalysisRun(IReadOnlyDictionary<string, ISignal> Inputs, object Parameters, IProgress<Step> Progress, IResultSink Results, CancellationToken StopAndKeep)
{
    /// <summary>Threads a kernel may use; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes that an analysis which can be cut into parts may hold of its data at a time; the result does not depend on it.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>How to run the frames, slabs or rows of an analysis side by side.</summary>
    public ParallelOptions Parallel(CancellationToken ct) => new() { MaxDegreeOfParallelism = Threads, CancellationToken = ct };
}
