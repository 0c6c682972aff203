using CryoHub.Imaging;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>Two images of the same size as a series of two views.</summary>
internal sealed class PairSignal : ISignal
{
    private readonly ISignal first;
    private readonly ISignal second;

    /// <exception cref="ProblemException">The images differ in size or number type.</exception>
    public PairSignal(ISignal first, ISignal second)
    {
        (this.first, this.second) = (first, second);
        var (one, two) = (first.Header, second.Header);
        if (!one.Shape.SequenceEqual(two.Shape) || one.Pixel != two.Pixel)
        {
            throw ProblemException.Invalid($"The two images of a tilt pair must be alike; \"{one.Name}\" is {string.Join(" x ", one.Shape)} {one.Pixel}, \"{two.Name}\" {string.Join(" x ", two.Shape)} {two.Pixel}.");
        }

        Header = one with { Kind = SignalKind.TiltSeries, Axes = [new Axis("tilt", 2, "", AxisRole.Frame), .. one.Axes] };
    }

    public SignalHeader Header { get; }

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct) => (frame == 0 ? first : second).ReadFrameAsync(0, destination, ct);
}
