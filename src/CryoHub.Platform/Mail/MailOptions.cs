namespace CryoHub.Platform.Mail;

/// <summary>Section <c>Mail</c>. Without a host mails are written into a folder, where an administrator of a small installation finds them.</summary>
public sealed class MailOptions
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public bool UseTls { get; set; } = true;

    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    public string From { get; set; } = "cryohub@localhost";

    public string OutboxFolder { get; set; } = Path.Combine(Path.GetTempPath(), "cryohub-outbox");
}
