using CryoHub.Platform.Comments;
using CryoHub.Web.Features.Comments;

namespace CryoHub.Web.Tests.Pages;

public sealed class MentionDraftTests
{
    private static readonly PersonName Ada = new(Guid.CreateVersion7(), "Ada Lovelace");

    private static readonly PersonName Namesake = new(Guid.CreateVersion7(), "Ada Lovelace");

    private static readonly PersonName ShortAda = new(Guid.CreateVersion7(), "Ada");

    [Fact]
    public void A_name_is_asked_for_where_somebody_types_also_in_the_middle()
    {
        var draft = Typed("Is it frost?", "@Is it frost?", "@aIs it frost?", "@a Is it frost?");
        Assert.Equal("a ", draft.Query);
        draft.Type("@ad Is it frost?");
        Assert.Equal("ad", draft.Query);
        draft.Choose(Ada);
        Assert.Equal("@Ada Lovelace Is it frost?", draft.Text);
        Assert.Equal($"{Mentions.Of(Ada.Id)} Is it frost?", draft.Stored);
        Assert.Null(draft.Query);
    }

    [Theory]
    [InlineData("ada@lab")]
    [InlineData("no sign")]
    [InlineData("@\na")]
    public void Elsewhere_nobody_is_offered(string text) => Assert.Null(Typed(text).Query);

    [Fact]
    public void After_a_chosen_name_nobody_is_offered_until_the_next_sign()
    {
        var draft = Typed("@a");
        draft.Choose(Ada);
        draft.Type("@Ada Lovelace look");
        Assert.Null(draft.Query);
        draft.Type("@Ada Lovelace look @");
        Assert.Equal("", draft.Query);
    }

    [Fact]
    public void Two_of_one_name_and_a_name_that_begins_another_stay_apart()
    {
        var draft = Typed("@a");
        draft.Choose(ShortAda);
        draft.Type($"{draft.Text}@a");
        draft.Choose(Ada);
        draft.Type($"{draft.Text}@a");
        draft.Choose(Namesake);
        Assert.Equal("@Ada @Ada Lovelace @Ada Lovelace (2) ", draft.Text);
        Assert.Equal($"{Mentions.Of(ShortAda.Id)} {Mentions.Of(Ada.Id)} {Mentions.Of(Namesake.Id)} ", draft.Stored);
    }

    [Fact]
    public void A_longer_word_is_no_mention()
    {
        var draft = Typed("@a");
        draft.Choose(ShortAda);
        draft.Type("@Adam");
        Assert.Equal("@Adam", draft.Stored);
    }

    [Fact]
    public void Words_that_are_edited_keep_whom_they_mention()
    {
        var unknown = Guid.CreateVersion7();
        var text = $"Frost, {Mentions.Of(Ada.Id)}, {Mentions.Of(Namesake.Id)} and {Mentions.Of(unknown)}?";
        var draft = MentionDraft.From(new(Guid.CreateVersion7(), text, [Ada, Namesake], "Bob", DateTimeOffset.UnixEpoch, null, false, true, 1));
        Assert.Equal($"Frost, @Ada Lovelace, @Ada Lovelace (2) and {Mentions.Of(unknown)}?", draft.Text);
        Assert.Equal(text, draft.Stored);
    }

    private static MentionDraft Typed(params string[] texts)
    {
        var draft = new MentionDraft();
        foreach (var text in texts)
        {
            draft.Type(text);
        }

        return draft;
    }
}
