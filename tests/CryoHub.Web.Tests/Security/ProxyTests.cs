using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Security;

/// <summary>Whose address counts: that of the socket, unless the socket is a proxy named in the settings.</summary>
public sealed class ProxyTests(ProxyTests.App app) : IClassFixture<ProxyTests.App>
{
    private const string Proxy = "10.1.2.3";
    private const int Allowance = 3;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_behind_a_known_proxy_have_an_allowance_each()
    {
        for (var person = 0; person < 2 * Allowance; person++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Proxy, $"192.0.2.{person}"));
        }
    }

    [Fact]
    public async Task Nobody_else_gets_another_allowance_by_claiming_another_address()
    {
        var last = HttpStatusCode.OK;
        for (var attempt = 0; attempt <= Allowance; attempt++)
        {
            last = await TryAsync("203.0.113.7", $"198.51.100.{attempt}");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    private async Task<HttpStatusCode> TryAsync(string socket, string forwardedFor)
    {
        using var browser = app.Anonymous();
        browser.DefaultRequestHeaders.Add(App.SocketHeader, socket);
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        return (await browser.PostAsJsonAsync("/api/account/sign-in", new { Email = "a@example.org", Password = "x" }, Ct)).StatusCode;
    }

    public sealed class App : TestApp
    {
        /// <summary>The in-memory server has no sockets: this header says what their address would be.</summary>
        public const string SocketHeader = "X-Test-Socket";

        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Web:SignInsPerMinute", $"{Allowance}"), new("Web:KnownProxies:0", "2001:db8::/32"), new("Web:KnownProxies:1", Proxy)];

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, Sockets>());
        }

        private sealed class Sockets : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use((context, following) =>
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[SocketHeader].ToString());
                    return following(context);
                });
                next(app);
            };
        }
    }
}
