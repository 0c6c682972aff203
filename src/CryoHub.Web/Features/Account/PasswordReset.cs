using System.Threading.Channels;
using CryoHub.Platform;
using CryoHub.Platform.Access;
using CryoHub.Platform.Mail;
using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CryoHub.Web.Features.Account;

/// <summary>
/// Forgotten passwords. Asking only puts the address into a queue, so that a known and an unknown address get the same answer in the same time; the mail is
/// written behind.
/// </summary>
public sealed partial class PasswordReset(
    IServiceScopeFactory scopes, IMailbox mailbox, IOptions<SiteOptions> site, AccessEnding ending, ILogger<PasswordReset> log) : BackgroundService
{
    private readonly Channel<string> asked = Channel.CreateBounded<string>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask(string? email) => asked.Writer.TryWrite(email?.Trim() ?? "");

    /// <summary><c>null</c> where it worked, otherwise why not; an unknown address looks like a used link.</summary>
    public async Task<string?> SetAsync(string? email, string? code, string? password, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (await users.FindByEmailAsync(email?.Trim() ?? "") is not { } user)
        {
            return Used;
        }

        var reset = await users.ResetPasswordAsync(user, code ?? "", password ?? "");
        if (!reset.Succeeded)
        {
            return reset.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.InvalidToken)) ? Used : string.Join(" ", reset.Errors.Select(e => e.Description));
        }

        await ending.AnnounceAsync([user.Id], null, ct);   // whoever was signed in with the old password is out
        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var email in asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SendAsync(email, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)   // one mail that cannot be sent must not end the queue
            {
                NotSent(failure);
            }
        }
    }

    private const string Used = "This link is not valid any more. Ask for a new one.";

    private async Task SendAsync(string email, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            return;
        }

        var code = Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(user));
        var link = new Uri(site.Value.PublicUrl, $"account/password?mail={Uri.EscapeDataString(user.Email!)}&code={code}");
        await mailbox.SendAsync(
            new Letter(user.Email!, "Your CryoHub password", $"Somebody asked for a new password for this address. If it was you, set it here:\n\n{link}"), ct);
    }

    [LoggerMessage(LogLevel.Error, "A mail about a forgotten password could not be sent.")]
    private partial void NotSent(Exception failure);
}
