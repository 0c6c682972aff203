namespace CryoHub.Imaging.Pyramids;

/// <summary>Keeps one plane that passes by, for the thumbnail.</summary>
internal sealed class PlaneKeeper(ArrayPlan plan, long wanted)
{
    public ArrayPlan Plan { get; } = plan;

    public byte[] Plane { get; private set; } = [];

    public void Offer(long first, ReadOnlyMemory<byte> planes)
    {
        var at = (wanted - first) * Plan.PlaneBytes;
        if (at >= 0 && at < planes.Length)
        {
            Plane = planes.Slice((int)at, Plan.PlaneBytes).ToArray();
        }
    }
}
