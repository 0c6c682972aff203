using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>The week of an instrument, with a mouse.</summary>
public sealed class CalendarTests
{
    private const int Hour = 60;

    [Fact]
    public async Task A_booking_is_drawn_carried_to_the_next_day_and_stretched()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var site = new LocalProcess();
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var visitor = await Visitor.SignInAsync(browser, site);
        var lab = (string)(await visitor.PostAsync("api/labs", new JsonObject { ["name"] = "Lab" }))["id"]!;
        var tem = (string)(await visitor.PostAsync($"api/labs/{lab}/instruments", new JsonObject { ["name"] = "TEM 1" }))["id"]!;
        var monday = NextMonday();   // a week that lies wholly ahead: what is over cannot be booked
        var book = new JsonObject { ["instruments"] = new JsonArray(tem), ["from"] = At(monday, 9 * Hour), ["until"] = At(monday, 11 * Hour), ["purpose"] = "grids" };
        var booking = (string)(await visitor.PostAsync("api/bookings", book))["ids"]![0]!;

        await visitor.OpenAsync($"labs/{lab}/calendar?week={monday:yyyy-MM-dd}");
        await DragAsync(visitor, (0, 10 * Hour), (1, 13 * Hour));   // taken in its middle: three hours later, a day later
        await MovedAsync(visitor, booking, At(monday, 36 * Hour), At(monday, 38 * Hour), ct);
        var edge = await visitor.Page.Locator(".booked .pull").BoundingBoxAsync();
        var (x, y) = (edge!.X + (edge.Width / 2), edge.Y + (edge.Height / 2));
        await DragAsync(visitor, (x, y), (x, y + (await HourAsync(visitor) * 1.5f)));
        await MovedAsync(visitor, booking, At(monday, 36 * Hour), At(monday, (39 * Hour) + 30), ct);
        await visitor.Page.KeepAsync("calendar-1280");
        await visitor.Page.IsAccessibleAsync("calendar");

        // Over another booking it is refused in words and stays where it was.
        await visitor.PostAsync("api/bookings", new JsonObject { ["instruments"] = new JsonArray(tem), ["from"] = At(monday, 9 * Hour), ["until"] = At(monday, 11 * Hour), ["purpose"] = "other" });
        await visitor.OpenAsync($"labs/{lab}/calendar?week={monday:yyyy-MM-dd}");
        await DragAsync(visitor, (1, 13 * Hour), (0, 11 * Hour));
        await visitor.Page.GetByText("TEM 1 is taken from").WaitForAsync();
        await MovedAsync(visitor, booking, At(monday, 36 * Hour), At(monday, (39 * Hour) + 30), ct);
    }

    private static DateTimeOffset NextMonday()
    {
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
        return new(today.AddDays(((8 - (int)today.DayOfWeek) % 7) + 7), TimeSpan.Zero);
    }

    private static string At(DateTimeOffset monday, int minutes) => monday.AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    private static Task<JsonNode> MovedAsync(Visitor visitor, string booking, string from, string until, CancellationToken ct) => visitor.UntilAsync(
        $"api/bookings/{booking}", answer => (DateTimeOffset)answer["from"]! == DateTimeOffset.Parse(from, null) && (DateTimeOffset)answer["until"]! == DateTimeOffset.Parse(until, null), ct);

    private static async Task<float> HourAsync(Visitor visitor) => (await visitor.Page.Locator(".week .lane").First.BoundingBoxAsync())!.Height / 24;

    /// <summary>From a minute of a day of the week to one of another.</summary>
    private static async Task DragAsync(Visitor visitor, (int Day, int Minute) from, (int Day, int Minute) to)
    {
        await visitor.Page.WaitForSelectorAsync(".week[data-seen]");   // the script that drags has come
        await visitor.Page.Locator(".booked").First.ScrollIntoViewIfNeededAsync();
        await DragAsync(visitor, await PlaceAsync(from), await PlaceAsync(to));

        async Task<(float X, float Y)> PlaceAsync((int Day, int Minute) place)
        {
            var lane = (await visitor.Page.Locator(".week .lane").Nth(place.Day).BoundingBoxAsync())!;
            return (lane.X + (lane.Width / 2), lane.Y + (lane.Height * place.Minute / (24 * Hour)));
        }
    }

    private static async Task DragAsync(Visitor visitor, (float X, float Y) from, (float X, float Y) to)
    {
        await visitor.Page.Mouse.MoveAsync(from.X, from.Y);
        await visitor.Page.Mouse.DownAsync();
        await visitor.Page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 8 });
        await visitor.Page.Mouse.UpAsync();
    }
}
