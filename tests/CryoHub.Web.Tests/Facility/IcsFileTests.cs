using CryoHub.Platform.Facility;
using CryoHub.Web.Features.Facility;

namespace CryoHub.Web.Tests.Facility;

/// <summary>Read back by python3-icalendar.</summary>
public sealed class IcsFileTests
{
    private const string Reader = """
        import sys, icalendar
        calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
        print(calendar['X-WR-CALNAME'])
        for e in calendar.walk('VEVENT'):
            print('|'.join([e.decoded('dtstart').isoformat(), e.decoded('dtend').isoformat(), str(e['summary']).replace('\n', '<br>'), str(e['location']), str(e['status']), str(e['uid'])]))
        """;

    private static readonly DateTimeOffset Then = new(2026, 3, 28, 21, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_program_reads_what_was_booked_and_no_line_is_too_long()
    {
        var longWords = string.Concat(Enumerable.Repeat("Grenzfläche; Li, Na\\K — ", 7)).Trim();
        var (first, second, third) = (Row("", "", BookingKind.Use), Row(longWords + "\nsecond line", "Ada Ångström", BookingKind.Use) with { State = BookingState.Asked }, Row("bake-out", "Ada", BookingKind.Maintenance));
        var text = IcsFile.Write(new FeedContent("CryoHub, Lab; one", [first, second, third]), Then);
        Assert.All(text.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        var folder = Directory.CreateTempSubdirectory("ics-");
        try
        {
            var file = Path.Combine(folder.FullName, "feed.ics");
            await File.WriteAllTextAsync(file, text, Ct);
            var read = (await Outside.RunAsync("/usr/bin/python3", ["-X", "utf8", "-c", Reader, file], Ct)).TrimEnd().Split('\n');
            const string Times = "2026-03-28T21:00:00+00:00|2026-03-29T04:00:00+00:00";
            Assert.Equal(
                [
                    "CryoHub, Lab; one",
                    $"{Times}|TEM 1: taken|TEM 1|CONFIRMED|{first.Id}@cryohub",
                    $"{Times}|TEM 1: Ruiz group, {longWords}<br>second line (Ada Ångström)|TEM 1|TENTATIVE|{second.Id}@cryohub",
                    $"{Times}|TEM 1: maintenance, bake-out (Ada)|TEM 1|CONFIRMED|{third.Id}@cryohub",
                ],
                read);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static BookingRow Row(string purpose, string who, BookingKind kind)
    {
        var id = Guid.CreateVersion7();
        return new BookingRow(id, id, Guid.Empty, "TEM 1", Then, Then.AddHours(7), kind, BookingState.Confirmed, purpose, who, null, "Ruiz group", "", false, false, false, 1, 1);
    }
}
