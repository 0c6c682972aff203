using CryoHub.Platform.Custody;
using CryoHub.Platform.Samples;
using CryoHub.Web.Features.Custody;

namespace CryoHub.Web.Tests.Custody;

public sealed class PackingListTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_names_every_item_and_hazard_and_its_codes_are_read_at_arrival()
    {
        List<PackedItem> items = [.. Enumerable.Range(1, 40).Select(n => new PackedItem(new SampleLink(Guid.Empty, SampleKind.Grid, $"G-{n}"), "Li", n is 1 or 20 or 40 ? $"CODE{n}" : "", Arrival.Unchecked, ""))];
        var shipment = new ShipmentDetails(
            Guid.Empty, Guid.Empty, "Lindqvist lab", Guid.Empty, "Ruiz group", "Grids for TEM 2", [HazardClass.Find("lithium-metal")!], "CX100", "Courier 123", "", Then, "7 d", Then.AddDays(7),
            ShipmentState.Sent, Then.AddHours(1), "Ada", null, "", "", "", "", items, false, false, true, 1);
        var folder = Directory.CreateTempSubdirectory("packing-");
        try
        {
            var file = Path.Combine(folder.FullName, "list.pdf");
            await File.WriteAllBytesAsync(file, PackingList.Pdf(shipment), Ct);
            var text = await Outside.RunAsync("pdftotext", ["-layout", file, "-"], Ct);
            Assert.All(items, item => Assert.Contains(item.Item.Name, text, StringComparison.Ordinal));
            Assert.Contains("UN 1415 Lithium, class 4.3", text, StringComparison.Ordinal);
            Assert.Contains("until 12 Mar 2026 08:00 UTC", text, StringComparison.Ordinal);
            await Outside.RunAsync("pdftoppm", ["-r", "300", "-gray", "-png", file, Path.Combine(folder.FullName, "page")], Ct);
            var pages = folder.GetFiles("page*.png").Select(page => page.FullName).Order(StringComparer.Ordinal);
            Assert.Equal(["CODE1", "CODE20", "CODE40"], (await Outside.RunAsync("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", .. pages], Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(ShipmentState.Sent, 5, "2 d more, until 12 Mar 2026 08:00 UTC")]
    [InlineData(ShipmentState.Sent, 8, "warm since 12 Mar 2026 08:00 UTC")]
    public void How_long_it_stays_cold_is_said_in_words(ShipmentState state, int days, string words) =>
        Assert.Equal(words, ShipmentPage.Cold(Then.AddDays(7), state, null, Then.AddDays(days)));
}
