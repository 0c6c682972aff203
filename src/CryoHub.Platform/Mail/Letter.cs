namespace CryoHub.Platform.Mail;

/// <summary>A mail in plain text.</summary>
public sealed record Letter(string To, string Subject, string Text);
