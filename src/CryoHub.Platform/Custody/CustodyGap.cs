namespace CryoHub.Platform.Custody;

/// <summary>A time in which the record does not say where an item was, or says two things.</summary>
/// <param name="KeepingId">The keeping that began without a record, or that the step contradicts.</param>
/// <param name="StepId">The step that happened while the item lay elsewhere by the record.</param>
/// <param name="SampleId">The item, or what it was made from.</param>
/// <param name="Words">What is wrong, as a sentence.</param>
/// <param name="AcceptedReason">Why it is accepted; empty where nobody has.</param>
public sealed record CustodyGap(Guid KeepingId, Guid? StepId, Guid SampleId, string SampleName, DateTimeOffset From, DateTimeOffset Until, string Words, string AcceptedReason, string AcceptedBy)
{
    public TimeSpan Length => Until - From;
}
