using CryoHub.Platform.Custody;

namespace CryoHub.Web.Features.Custody;

/// <summary>Geometry of the storage picture: each dewar seen from above, what is in it on one ring (and one in the middle where there are more than six), a dot for every slot. Lengths in units of the picture.</summary>
public sealed class StorageView
{
    public const double Radius = 74, Child = 20, Cell = 176;

    private const double Ring = 50, Dot = 3.2;

    private readonly ILookup<Guid?, PlaceRow> inside;

    public StorageView(IReadOnlyList<PlaceRow> places)
    {
        inside = places.ToLookup(place => place.ParentId);
        Tops = [.. inside[null]];
    }

    public IReadOnlyList<PlaceRow> Tops { get; }

    public IEnumerable<PlaceRow> In(PlaceRow place) => inside[place.Id].OrderBy(child => child.Position);

    /// <summary>Slots of all boxes in a place, and how many are taken.</summary>
    public (int Taken, int Slots) Count(PlaceRow place)
    {
        if (place.Kind == PlaceKind.Box)
        {
            return (place.Items.Count, place.Capacity);
        }

        var parts = In(place).Select(Count).ToList();
        return (parts.Sum(part => part.Taken), parts.Sum(part => part.Slots));
    }

    /// <summary>Middle and radius of the circle of each thing in a dewar.</summary>
    public static (double X, double Y, double Radius) Seat(PlaceRow dewar, int position)
    {
        var onRing = dewar.Capacity > 6 ? dewar.Capacity - 1 : dewar.Capacity;
        if (position > onRing)
        {
            return (0, 0, Math.Min(Child, Ring - SeatRadius(onRing) - 2));
        }

        var angle = (2 * Math.PI * (position - 1) / onRing) - (Math.PI / 2);
        return (onRing == 1 ? 0 : Ring * Math.Cos(angle), onRing == 1 ? 0 : Ring * Math.Sin(angle), SeatRadius(onRing));
    }

    /// <summary>A dot for every slot in a place, in a sunflower's pattern: even whatever the number.</summary>
    public IEnumerable<(double X, double Y, double Radius, bool IsTaken)> Dots(PlaceRow place, double radius)
    {
        var slots = Slots(place).ToList();
        var dot = Math.Min(Dot, 0.62 * radius / Math.Sqrt(Math.Max(slots.Count, 1)));
        for (var i = 0; i < slots.Count; i++)
        {
            var (angle, far) = (i * Math.PI * (3 - Math.Sqrt(5)), (radius - dot - 1.5) * Math.Sqrt((i + 0.5) / slots.Count));
            yield return (far * Math.Cos(angle), far * Math.Sin(angle), dot, slots[i]);
        }
    }

    private IEnumerable<bool> Slots(PlaceRow place) => place.Kind == PlaceKind.Box
        ? Enumerable.Range(1, place.Capacity).Select(slot => place.Items.Any(item => item.Slot == slot))
        : In(place).SelectMany(Slots);

    private static double SeatRadius(int onRing) => onRing <= 2 ? Child : Math.Min(Child, (Ring * Math.Sin(Math.PI / onRing)) - 1);
}
