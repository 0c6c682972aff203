namespace CryoHub.Worker;

/// <summary>Wakes the slots that wait for work.</summary>
public sealed class JobBell
{
    private TaskCompletionSource rung = New();

    public void Ring() => Interlocked.Exchange(ref rung, New()).TrySetResult();

    /// <summary>Take it before looking for work: a ring between looking and waiting is then not missed.</summary>
    public Task NextRing => Volatile.Read(ref rung).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
