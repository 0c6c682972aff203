using System.Collections.Concurrent;
using System.Net.Http.Json;
using CryoHub.Platform.Mail;
using CryoHub.Platform.Users;
using CryoHub.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests;

/// <summary>The real web host on a fresh database. Clients behave like a browser that has signed in: a cookie, and the truth about where requests come from.</summary>
public class TestApp : WebApplicationFactory<EntryPoint>, IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly TestDatabase database = new();
    private readonly DirectoryInfo objects = Directory.CreateTempSubdirectory("cryohub-web-");
    private readonly ConcurrentDictionary<string, Task<(Guid Id, string Cookie)>> people = [];

    public Scene Scene => new(database);

    internal TestMailbox Mailbox { get; } = new();

    /// <summary>Settings of this host, set before its first use.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> Settings => [];

    public async ValueTask InitializeAsync() => await database.InitializeAsync();

    /// <summary>The person of this name, with an account; made when first asked for.</summary>
    public async Task<Guid> PersonAsync(string name, bool administrator = false) => (await SignedInAsync(name, administrator)).Id;

    public static string MailOf(string name) => $"{name}@example.org";

    /// <summary>A browser in which the person has signed in; its cookie never changes.</summary>
    public async Task<HttpClient> ClientForAsync(string name, bool administrator = false)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", (await SignedInAsync(name, administrator)).Cookie);
        return client;
    }

    /// <summary>A browser in which nobody has signed in, and which keeps no cookies.</summary>
    public HttpClient Anonymous() => Browser(keepsCookies: false);

    /// <summary>A browser with a cookie jar.</summary>
    public HttpClient Browser(bool keepsCookies = true)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = keepsCookies });
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        objects.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Database:ConnectionString", database.ConnectionString);
        builder.UseSetting("Storage:Folder", objects.FullName);
        builder.UseSetting("Web:SignInsPerMinute", "100000");
        builder.UseSetting("Web:SearchesPerMinute", "100000");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton<IMailbox>(Mailbox));
    }

    private Task<(Guid Id, string Cookie)> SignedInAsync(string name, bool administrator) => people.GetOrAdd(name, async _ =>
    {
        await using var scope = Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(MailOf(name), name, Password);
        if (administrator)
        {
            user.IsAdministrator = true;
            await scope.ServiceProvider.GetRequiredService<UserManager<User>>().UpdateAsync(user);
        }

        using var browser = Anonymous();
        var answer = await browser.PostAsJsonAsync("/api/account/sign-in", new { Email = MailOf(name), Password });
        answer.EnsureSuccessStatusCode();
        return (user.Id, answer.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
    });
}
