namespace CryoHub.Platform.Notices;

/// <summary>What a notice says, between who did it and where; the same on the page and in a letter.</summary>
public static class NoticeWords
{
    public static string Did(NoticeKind kind) => kind switch
    {
        NoticeKind.Mention => "mentioned you in a comment on",
        NoticeKind.Answer => "answered in a thread you wrote in, on",
        _ => "resolved a thread you wrote in, on",
    };

    /// <summary>Below the address of the site.</summary>
    public static string Address(NoticeRow notice) => $"datasets/{notice.DatasetId}#comment-{notice.CommentId}";
}
