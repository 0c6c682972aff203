using CryoHub.Platform;
using CryoHub.Platform.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Migrations;

/// <summary>Makes the first account of an installation, from the command line of whoever holds the database.</summary>
internal static class Administrator
{
    /// <summary>The new account's password; <c>null</c> where an administrator exists already.</summary>
    public static async Task<string?> EnsureAsync(IConfiguration configuration, string mail, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddLogging().AddPlatform(configuration).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().EnsureAsync(mail, ct);
    }
}
