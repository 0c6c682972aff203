using CryoHub.Platform.Uploads;

namespace CryoHub.Platform.Tests.Uploads;

public sealed class CompanionsTests
{
    [Theory]
    [InlineData("ts.st|ts.rawtlt|ts.tlt|ts.st.mdoc", "ts.st")]
    [InlineData("a.mrcs|a.mdoc", "a.mrcs")]
    [InlineData("map.rpl|map.raw", "map.rpl")]
    [InlineData("sem.tif|sem.hdr", "sem.tif")]
    [InlineData("a.emi|a_1.ser|a_2.ser", "a_1.ser|a_2.ser")]
    [InlineData("STACK.MRC|stack.mdoc", "STACK.MRC")]
    public void Files_that_belong_together_agree_on_their_group_in_any_order(string drop, string primaries)
    {
        var names = drop.Split('|');
        var groups = names.ToDictionary(name => name, name => Companions.Of("f/" + name, names.Where(other => other != name).Select(other => "f/" + other)));
        Assert.Single(groups.Values.Select(group => group.Key).Distinct());
        Assert.All(groups.Values, group => Assert.Equal(names.Length, group.Members.Count));
        Assert.Equal(primaries.Split('|').Order(), groups.Where(pair => pair.Value.IsPrimary).Select(pair => pair.Key).Order());
    }

    [Theory]
    [InlineData("a.raw", "b.rpl")]
    [InlineData("a.mdoc", "b.mrc")]
    [InlineData("x/a.mdoc", "y/a.mrc")]
    [InlineData("ab_1.ser", "a.emi")]
    [InlineData("a.mrc", "a.dm4")]
    public void Files_that_do_not_belong_together_stay_apart(string one, string other)
    {
        Assert.Equal([one], Companions.Of(one, [other]).Members);
        Assert.True(Companions.Of(one, [other]).IsPrimary);
    }
}
