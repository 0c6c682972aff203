namespace CryoHub.Analyses;

/// <summary>Casts the parameters once and forwards to a typed run.</summary>
public abstract class Analysis<TParameters> : IAnalysis
    where TParameters : class
{
    public abstract AnalysisInfo Info { get; }

    public Task RunAsync(AnalysisRun run, CancellationToken ct) => RunAsync(run, (TParameters)run.Parameters, ct);

    /// <inheritdoc/>
    public virtual Estimate Estimate(EstimateQuestion question) => Analyses.Estimate.OfReading(question);

    protected abstract Task RunAsync(AnalysisRun run, TParameters parameters, CancellationToken ct);
}
