using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Mail;

/// <summary>Writes each mail into the outbox folder, readable by the owner of the process only: mails contain links that open accounts.</summary>
internal sealed class FileMailbox(IOptions<MailOptions> options) : IMailbox
{
    public async Task SendAsync(Letter letter, CancellationToken ct)
    {
        var folder = options.Value.OutboxFolder;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var file = Path.Combine(folder, $"{Guid.CreateVersion7()}.txt");
        await File.WriteAllTextAsync(file, $"To: {letter.To}\nSubject: {letter.Subject}\n\n{letter.Text}\n", ct);
    }
}
