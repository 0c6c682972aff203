using CryoHub.Imaging;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Mail;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Facility;

/// <summary>The clock stands at Monday, 2 March 2026, 08:00 UTC.</summary>
public sealed class WithdrawnQualificationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly ManualClock clock = new();
    private readonly Letters letters = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private QualificationRoll Roll => new(database, letters, clock);

    private BookingDesk Desk => new(database, clock);

    private BookingCalendar Calendar => new(database, clock);

    [Fact]
    public async Task What_was_booked_for_later_waits_for_approval_and_both_sides_read_why()
    {
        var (ada, mia, lab, tem) = await LabAsync(needsQualification: true);
        var qualification = await database.Scene.QualificationAsync(tem, mia);
        var running = await database.Scene.BookingAsync(tem, lab, mia, Monday.AddHours(-1));
        var later = await database.Scene.BookingAsync(tem, lab, mia, Monday.AddDays(1));
        var others = await database.Scene.BookingAsync(tem, lab, ada, Monday.AddDays(2));
        var cancelled = await database.Scene.BookingAsync(tem, lab, mia, Monday.AddDays(3), BookingState.Cancelled);

        Assert.Equal(Change.Done, await Roll.WithdrawAsync(ada, qualification, Ct));

        var waits = Assert.Single(await Calendar.ToDecideAsync(ada, lab, Ct));
        Assert.Equal((later, "The qualification was withdrawn on 2 Mar 2026; a manager decides whether this stands."), (waits.Id, waits.Reason));
        Assert.Equal(waits.Reason, (await Calendar.FindAsync(mia, later, Ct))!.Reason);
        Assert.Equal([BookingState.Confirmed, BookingState.Confirmed, BookingState.Cancelled], [await StateAsync(running), await StateAsync(others), await StateAsync(cancelled)]);
        var letter = Assert.Single(letters.Sent);
        Assert.Equal("TEM 1: your bookings wait for approval", letter.Subject);
        Assert.Contains("3 Mar 2026 08:00 to 3 Mar 2026 10:00", letter.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ProblemException>(() => Desk.BookAsync(mia, new NewBooking([tem], Monday.AddDays(5), Monday.AddDays(5).AddHours(1), "more"), Ct));
    }

    [Fact]
    public async Task A_manager_may_let_it_stand_and_the_words_are_gone()
    {
        var (ada, mia, lab, tem) = await LabAsync(needsQualification: true);
        var later = await database.Scene.BookingAsync(tem, lab, mia, Monday.AddDays(1));
        await Roll.WithdrawAsync(ada, await database.Scene.QualificationAsync(tem, mia), Ct);
        Assert.Equal(Change.Done, await Desk.DecideAsync(ada, later, new Decision(true, null), Ct));
        var stands = await Calendar.FindAsync(mia, later, Ct);
        Assert.Equal((BookingState.Confirmed, ""), (stands!.State, stands.Reason));
    }

    [Fact]
    public async Task A_guest_keeps_seeing_the_booking_but_not_the_instrument()
    {
        var (ada, _, lab, tem) = await LabAsync(needsQualification: false);
        var ruth = await database.Scene.PersonAsync("Ruth");
        await database.Scene.LabAsync((ruth, LabRole.Member));
        var qualification = await database.Scene.QualificationAsync(tem, ruth, QualificationLevel.Independent);
        var later = await database.Scene.BookingAsync(tem, lab, ruth, Monday.AddDays(1));
        await Roll.WithdrawAsync(ada, qualification, Ct);
        var hers = Assert.Single(await Calendar.MineAsync(ruth, Ct));
        Assert.Equal((later, BookingState.Asked), (hers.Id, hers.State));
        Assert.Single(letters.Sent);
    }

    [Theory]
    [InlineData(false, 0)]   // every member may book it
    [InlineData(true, 1)]    // a member without qualification asks
    public async Task Who_could_book_without_the_qualification_keeps_the_booking(bool needsApproval, int letterCount)
    {
        var (ada, mia, lab, tem) = await LabAsync(needsQualification: false, needsApproval);
        var later = await database.Scene.BookingAsync(tem, lab, mia, Monday.AddDays(1));
        await Roll.WithdrawAsync(ada, await database.Scene.QualificationAsync(tem, mia, QualificationLevel.Independent), Ct);
        Assert.Equal(needsApproval ? BookingState.Asked : BookingState.Confirmed, await StateAsync(later));
        Assert.Equal(letterCount, letters.Sent.Count);
    }

    private Task<BookingState> StateAsync(Guid booking) => database.Scene.ReadAsync(db => db.Bookings.Where(b => b.Id == booking).Select(b => b.State).SingleAsync(Ct));

    private async Task<(Guid Ada, Guid Mia, Guid Lab, Guid Tem)> LabAsync(bool needsQualification, bool needsApproval = false)
    {
        var (ada, mia) = (await database.Scene.PersonAsync("Ada"), await database.Scene.PersonAsync("Mia"));
        var lab = await database.Scene.LabAsync((ada, LabRole.Owner), (mia, LabRole.Member));
        var tem = await database.Scene.InstrumentAsync(lab);
        await database.Scene.ReadAsync(db => db.Instruments.Where(i => i.Id == tem).ExecuteUpdateAsync(set => set.SetProperty(i => i.NeedsQualification, needsQualification).SetProperty(i => i.NeedsApproval, needsApproval), Ct));
        return (ada, mia, lab, tem);
    }

    private sealed class Letters : IMailbox
    {
        public List<Letter> Sent { get; } = [];

        public Task SendAsync(Letter letter, CancellationToken ct)
        {
            Sent.Add(letter);
            return Task.CompletedTask;
        }
    }
}
