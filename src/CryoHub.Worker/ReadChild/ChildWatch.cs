namespace CryoHub.Worker.ReadChild;

/// <summary>Cancels when the child is silent for too long, lives for too long, or the caller gives up.</summary>
internal sealed class ChildWatch : IDisposable
{
    private readonly TimeSpan silence;
    private readonly CancellationTokenSource any;

    public ChildWatch(TimeSpan silence, CancellationToken life, CancellationToken ct)
    {
        this.silence = silence;
        any = CancellationTokenSource.CreateLinkedTokenSource(life, ct);
        Heard();
    }

    public CancellationToken Token => any.Token;

    /// <summary>The child gave a sign of life.</summary>
    public void Heard() => any.CancelAfter(silence);

    public void Dispose() => any.Dispose();
}
