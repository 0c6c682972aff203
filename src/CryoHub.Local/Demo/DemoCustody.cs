using CryoHub.Platform;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Labels;

namespace CryoHub.Local.Demo;

/// <summary>Where the demo lab keeps its things: two dewars, labels on every item, and one grid whose way to the microscope and back nobody recorded.</summary>
public sealed class DemoCustody(StorageMap map, CustodyLog custody, LabelDesk labels)
{
    private static readonly DateTimeOffset Frozen = new(2025, 11, 15, 9, 2, 0, TimeSpan.Zero);

    public async Task EnsureAsync(Guid me, Guid lab, IReadOnlyDictionary<string, Guid> samples, CancellationToken ct)
    {
        if ((await map.ReadAsync(me, lab, ct))!.Count > 0)
        {
            return;
        }

        foreach (var (name, sample) in samples)
        {
            await labels.MakeAsync(me, sample, name, ct);
        }

        await FillAsync(me, lab, "D1", PlaceKind.Puck, "puck", 7, 3, ct);
        var boxes = await FillAsync(me, lab, "D2", PlaceKind.Cane, "cane", 7, 5, ct);
        await custody.PutAwayAsync(me, samples["G-0409"], new PutAway(boxes[7], 3, "from the plunger", Frozen), ct);
        await custody.TakeOutAsync(me, samples["G-0409"], new TakeOut("for TEM 2", Frozen.AddMinutes(1456)), ct);
        await custody.PutAwayAsync(me, samples["G-0409"], new PutAway(boxes[7], 3, "found in the autoloader after the session", Frozen.AddMinutes(1700), WasFound: true), ct);
        await custody.PutAwayAsync(me, samples["G-0412"], new PutAway(boxes[7], 4, null, Frozen.AddMinutes(40)), ct);
        await custody.PutAwayAsync(me, samples["S-0120"], new PutAway(boxes[2], 1, "rest of the piece", Frozen.AddMinutes(400)), ct);
        await custody.PutAwayAsync(me, samples["L-0087"], new PutAway(boxes[2], 2, null, Frozen.AddMinutes(420)), ct);
        await custody.PutAwayAsync(me, samples["L-0087"], new PutAway(boxes[0], 1, "found in D2, cane 1 during the inventory", Frozen.AddDays(3), WasFound: true), ct);
    }

    /// <summary>A dewar with canes or pucks, each with two boxes of four slots; gives the boxes.</summary>
    private async Task<IReadOnlyList<Guid>> FillAsync(Guid me, Guid lab, string name, PlaceKind kind, string word, int positions, int count, CancellationToken ct)
    {
        var dewar = await map.AddAsync(me, lab, new NewPlace(PlaceKind.Dewar, name, positions), ct);
        var boxes = new List<Guid>();
        for (var i = 1; i <= count; i++)
        {
            var place = await map.AddAsync(me, lab, new NewPlace(kind, $"{word} {i}", 6, dewar), ct);
            foreach (var letter in (string[])["A", "B"])
            {
                boxes.Add((await map.AddAsync(me, lab, new NewPlace(PlaceKind.Box, $"box {letter}", 4, place), ct))!.Value);
            }
        }

        return boxes;
    }
}
