using Bunit;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Samples;
using CryoHub.Web.Features.Custody;

namespace CryoHub.Web.Tests.Custody;

public sealed class StorageViewTests : BunitContext
{
    private static readonly Guid Dewar = Guid.CreateVersion7();
    private static readonly Guid Puck = Guid.CreateVersion7();

    private static readonly IReadOnlyList<PlaceRow> Places =
    [
        new(Dewar, null, PlaceKind.Dewar, "D1", 0, 7, []),
        new(Puck, Dewar, PlaceKind.Puck, "puck 1", 1, 12, []),
        new(Guid.CreateVersion7(), Puck, PlaceKind.Box, "box A", 1, 4, [new(Guid.CreateVersion7(), SampleKind.Grid, "G-1", 3, default, "")]),
        new(Guid.CreateVersion7(), Dewar, PlaceKind.Box, "box Z", 7, 4, []),
    ];

    [Fact]
    public void The_picture_has_a_dot_for_every_slot_and_says_the_same_in_words()
    {
        var picture = Render<StoragePicture>(parameters => parameters.Add(p => p.View, new StorageView(Places)).Add(p => p.Link, place => $"#{place.Name}"));
        Assert.Equal("D1: 1 of 8 slots taken", picture.Find("svg").GetAttribute("aria-label"));
        Assert.Single(picture.FindAll("circle.taken"));
        Assert.Equal(7, picture.FindAll("circle.free").Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(30)]
    public void What_is_in_a_dewar_lies_inside_and_beside_each_other(int capacity)
    {
        var dewar = new PlaceRow(Dewar, null, PlaceKind.Dewar, "D1", 0, capacity, []);
        var seats = Enumerable.Range(1, capacity).Select(position => StorageView.Seat(dewar, position)).ToList();
        Assert.All(seats, seat => Assert.True(Math.Sqrt((seat.X * seat.X) + (seat.Y * seat.Y)) + seat.Radius <= StorageView.Radius && seat.Radius > 0));
        foreach (var (a, i) in seats.Select((seat, i) => (seat, i)))
        {
            Assert.All(seats.Skip(i + 1), b => Assert.True(Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2)) >= a.Radius + b.Radius - 1e-9));
        }
    }

    [Fact]
    public void A_box_names_what_is_in_each_slot()
    {
        var box = Render<BoxSlots>(parameters => parameters.Add(b => b.Box, Places[2]).Add(b => b.ShowName, true));
        Assert.Equal(4, box.FindAll("li").Count);
        Assert.Equal("G-1", box.FindAll("li")[2].QuerySelector("a")!.TextContent);
    }

    [Fact]
    public void An_accepted_gap_is_still_shown()
    {
        var gap = new CustodyGap(Guid.Empty, null, Guid.Empty, "G-1", default, default(DateTimeOffset).AddMinutes(42), "Nobody recorded it.", "", "");
        Assert.Contains("Custody gap, 42 min", Badge(gap), StringComparison.Ordinal);
        Assert.Contains("Custody gap, accepted", Badge(gap with { AcceptedReason = "seen" }), StringComparison.Ordinal);

        string Badge(CustodyGap shown) => Render<GapBadge>(parameters => parameters.Add(b => b.Gaps, [shown])).Find(".badge").TextContent;
    }
}
