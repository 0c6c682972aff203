namespace CryoHub.Worker.Health;

/// <summary>Section <c>Worker:Pulse</c>.</summary>
public sealed class PulseOptions
{
    public const string Section = "Worker:Pulse";

    /// <summary>The file whose age tells how the worker is; each worker of a machine needs its own.</summary>
    public string File { get; set; } = Path.Combine(Path.GetTempPath(), "cryohub-worker.pulse");

    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(5);
}
