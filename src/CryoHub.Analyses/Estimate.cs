namespace CryoHub.Analyses;

/// <summary>What a run will take, from headers and parameters alone: good enough to decide whether to wait for it.</summary>
/// <param name="Seconds">Work on two common cores, within about a factor of three; a queue comes on top, several workers share parts.</param>
/// <param name="MemoryBytes">The most that is held at a time.</param>
/// <param name="Parts">Into how many parts the run will be cut.</param>
public sealed record Estimate(double Seconds, long MemoryBytes, int Parts = 1)
{
    /// <summary>A process before it holds any data.</summary>
    public const long Process = 150L << 20;

    /// <summary>Bytes a second from the store, unpacked and as float32.</summary>
    public const double ReadRate = 200e6;

    /// <summary>Bytes a second to the store, packed and with all levels.</summary>
    public const double WriteRate = 60e6;

    /// <summary>An analysis that reads all its inputs into memory, once.</summary>
    public static Estimate OfReading(EstimateQuestion question) => new(1 + (question.InputBytes / ReadRate), Process + (2 * question.InputBytes));
}
