using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Workflows;

/// <param name="Current">What the next step is done to: the newest thing the run made, or what it began with.</param>
/// <param name="Done">Recorded steps, by number in the template (from 1 on).</param>
public sealed record RunDetails(Guid Id, Guid ProjectId, string ProjectName, WorkflowTemplate Template, SampleLink Current, IReadOnlyList<RunStepDone> Done, bool CanEdit)
{
    /// <summary>The first step without a record, from 1 on; one past the last where all are done.</summary>
    public int Next => Enumerable.Range(1, Template.Steps.Count).FirstOrDefault(number => Done.All(done => done.Number != number), Template.Steps.Count + 1);
}
