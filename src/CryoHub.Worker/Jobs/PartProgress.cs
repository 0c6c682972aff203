using CryoHub.Analyses;

namespace CryoHub.Worker.Jobs;

/// <summary>The progress of a part of a job, from <paramref name="from"/> to <paramref name="to"/> of the whole.</summary>
internal sealed class PartProgress(IProgress<Step> whole, double from, double to, string label) : IProgress<double>
{
    public void Report(double value) => whole.Report(new Step(from + ((to - from) * value), label));
}
