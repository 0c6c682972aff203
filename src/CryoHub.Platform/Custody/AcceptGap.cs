namespace CryoHub.Platform.Custody;

public sealed record AcceptGap(Guid KeepingId, Guid? StepId, string Reason);
