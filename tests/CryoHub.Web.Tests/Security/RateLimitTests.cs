using System.Net;
using System.Net.Http.Json;

namespace CryoHub.Web.Tests.Security;

/// <summary>W07: one client's flood is answered with 429 and disturbs nobody else.</summary>
public sealed class RateLimitTests(RateLimitTests.FewSignIns door, RateLimitTests.FewSearches app) : IClassFixture<RateLimitTests.FewSignIns>, IClassFixture<RateLimitTests.FewSearches>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guessing_passwords_is_slowed_down()
    {
        using var browser = door.Anonymous();
        var statuses = new List<HttpStatusCode>();
        HttpResponseMessage? last = null;
        for (var attempt = 0; attempt < 9; attempt++)
        {
            last = await browser.PostAsJsonAsync("/api/account/sign-in", new { Email = "a@example.org", Password = "x" }, Ct);
            statuses.Add(last.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.InRange(last!.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task Searching_without_end_is_slowed_down_for_the_one_who_does()
    {
        using var greedy = await app.ClientForAsync("greedy");
        using var modest = await app.ClientForAsync("modest");
        for (var search = 0; search < 3; search++)
        {
            Assert.Equal(HttpStatusCode.OK, (await greedy.GetAsync("/api/search?text=x", Ct)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await greedy.GetAsync("/api/search?text=x", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await modest.GetAsync("/api/search?text=x", Ct)).StatusCode);
    }

    public sealed class FewSignIns : TestApp
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Web:SignInsPerMinute", "8")];
    }

    public sealed class FewSearches : TestApp
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Web:SearchesPerMinute", "3")];
    }
}
