namespace CryoHub.Analyses;

/// <summary>An analysis a user can run.</summary>
public interface IAnalysis
{
    AnalysisInfo Info { get; }

    /// <exception cref="CryoHub.Imaging.ProblemException">The input or a parameter cannot be used, with the numbers.</exception>
    Task RunAsync(AnalysisRun run, CancellationToken ct);
}
