namespace CryoHub.Platform.Notices;

/// <summary>A person's own choice.</summary>
public sealed record NoticeMailChoice(NoticeMail Mail);
