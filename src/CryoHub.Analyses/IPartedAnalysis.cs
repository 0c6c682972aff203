using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>
/// An analysis whose work can be cut into parts that know nothing of each other. Jobs run the parts side by side on several workers; a run in one process takes
/// one after the other. The numbers are those of the run in one piece.
/// </summary>
public interface IPartedAnalysis : IAnalysis
{
    /// <summary>Into how many parts a run has to be cut to stay within <see cref="AnalysisRun.Memory"/>; 1 for one piece.</summary>
    /// <exception cref="ProblemException">The input or a parameter cannot be used.</exception>
    Task<int> CountPartsAsync(AnalysisRun run, CancellationToken ct);

    /// <summary>Does part <paramref name="part"/> of <paramref name="parts"/> and writes what the join needs of it; the run's results are not touched.</summary>
    Task RunPartAsync(AnalysisRun run, int part, int parts, Stream output, CancellationToken ct);

    /// <summary>Makes the results from what the parts have written, in their order.</summary>
    Task JoinAsync(AnalysisRun run, IReadOnlyList<IByteSource> parts, CancellationToken ct);
}
