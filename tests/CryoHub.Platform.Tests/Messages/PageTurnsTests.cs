using CryoHub.Platform.Messages;

namespace CryoHub.Platform.Tests.Messages;

public sealed class PageTurnsTests
{
    private static readonly Guid User = Guid.CreateVersion7();

    private readonly PageTurns turns = new();

    [Fact]
    public void The_newer_question_of_a_page_ends_the_older() => Assert.Equal((true, false), Ended(Asked(1), Asked(2)));

    [Fact]
    public void A_question_that_was_overtaken_on_its_way_ends_itself() => Assert.Equal((false, true), Ended(Asked(2), Asked(1)));

    [Fact]
    public void Uncounted_questions_of_a_page_follow_their_arrival() => Assert.Equal((true, false), Ended(Asked(0), Asked(0)));

    [Fact]
    public void Questions_of_no_page_go_on_beside_each_other() => Assert.Equal((false, false), Ended(Asked(1, ""), Asked(2, "")));

    [Fact]
    public void Questions_of_different_people_go_on_beside_each_other() =>
        Assert.Equal((false, false), Ended(Asked(1), Asked(2) with { UserId = Guid.CreateVersion7() }));

    [Fact]
    public void An_answered_question_leaves_the_page_to_whoever_comes()
    {
        using var answered = new CancellationTokenSource();
        turns.Take(Asked(5), answered).Dispose();
        using var late = new CancellationTokenSource();
        using var turn = turns.Take(Asked(4), late);

        Assert.False(answered.IsCancellationRequested || late.IsCancellationRequested);
    }

    [Fact]
    public void A_question_that_ended_late_does_not_free_the_page_of_the_newer()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        using var third = new CancellationTokenSource();
        var old = turns.Take(Asked(1), first);
        using var current = turns.Take(Asked(2), second);
        old.Dispose();
        using var newest = turns.Take(Asked(3), third);

        Assert.True(second.IsCancellationRequested && !third.IsCancellationRequested);
    }

    private (bool First, bool Second) Ended(PreviewRequest first, PreviewRequest second)
    {
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();
        using var a = turns.Take(first, one);
        using var b = turns.Take(second, two);
        return (one.IsCancellationRequested, two.IsCancellationRequested);
    }

    private static PreviewRequest Asked(long turn, string page = "page") => new(User, page, turn, "volume-segment", [], "{}");
}
