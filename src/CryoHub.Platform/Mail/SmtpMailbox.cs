using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Mail;

/// <summary>Hands mails to a mail server.</summary>
internal sealed class SmtpMailbox(IOptions<MailOptions> options) : IMailbox
{
    public async Task SendAsync(Letter letter, CancellationToken ct)
    {
        var server = options.Value;
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.UseTls };
        if (server.UserName != "")
        {
            client.Credentials = new NetworkCredential(server.UserName, server.Password);
        }

        using var message = new MailMessage(server.From, letter.To, letter.Subject, letter.Text);
        await client.SendMailAsync(message, ct);
    }
}
