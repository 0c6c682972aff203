namespace CryoHub.Platform.Mail;

/// <summary>Sends a mail.</summary>
public interface IMailbox
{
    Task SendAsync(Letter letter, CancellationToken ct);
}
