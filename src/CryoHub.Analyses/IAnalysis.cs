namespace CryoHub.Analyses;

/// <summary>An analysis a user can run.</summary>
public interface IAnalysis
{
    AnalysisInfo Info { get; }

    /// <exception cref="CryoHub.Imaging.ProblemException">The input or a parameter cannot be used, with the numbers.</exception>
    Task RunAsync(AnalysisRun run, CancellationToken ct);

    /// <summary>What a run would take; where nothing better is known, that of an analysis which reads all its inputs into memory, once.</summary>
    /// <exception cref="CryoHub.Imaging.ProblemException">The run would be refused: the input or a parameter cannot be used, with the numbers.</exception>
    Estimate Estimate(EstimateQuestion question) => Analyses.Estimate.OfReading(question);
}
