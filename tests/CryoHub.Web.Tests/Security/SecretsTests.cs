using System.Collections.Concurrent;
using System.Net.Http.Json;
using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CryoHub.Web.Tests.Security;

public sealed class SecretsTests(SecretsTests.App app) : IClassFixture<SecretsTests.App>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_installation_has_no_account_and_makes_the_first_one_once()
    {
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Equal(0, await app.Scene.ReadAsync(db => db.Users.CountAsync(Ct)));
        var first = scope.ServiceProvider.GetRequiredService<FirstAdministrator>();
        var password = await first.EnsureAsync("admin@example.org", Ct);
        Assert.Null(await first.EnsureAsync("admin@example.org", Ct));
        using var browser = app.Anonymous();
        var signedIn = await browser.PostAsJsonAsync("/api/account/sign-in", new { Email = "admin@example.org", Password = password }, Ct);
        signedIn.EnsureSuccessStatusCode();

        // W06: what went wrong or right is logged, never with what.
        const string Wrong = "secret-that-must-not-appear";
        await browser.PostAsJsonAsync("/api/account/sign-in", new { Email = "admin@example.org", Password = Wrong }, Ct);
        await browser.PostAsync("/api/account/sign-in", new StringContent($"{{\"password\":\"{Wrong}\"", null, "application/json"), Ct);
        Assert.NotEmpty(app.Lines);
        Assert.DoesNotContain(app.Lines, line => line.Contains(Wrong, StringComparison.Ordinal) || line.Contains(password!, StringComparison.Ordinal));
    }

    public sealed class App : TestApp, ILoggerProvider
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Recorder(Lines);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(this));
        }
    }

    private sealed class Recorder(ConcurrentBag<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{formatter(state, exception)} {exception}");
    }
}
