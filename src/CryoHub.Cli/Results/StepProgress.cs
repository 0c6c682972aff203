using CryoHub.Analyses;

namespace CryoHub.Cli.Results;

/// <summary>Steps of an analysis as a bar on the terminal.</summary>
internal sealed class StepProgress : IProgress<Step>
{
    private readonly ProgressBar bar = new("running");

    public void Report(Step value) => bar.Report(value.Fraction);
}
