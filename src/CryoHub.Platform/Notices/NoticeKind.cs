namespace CryoHub.Platform.Notices;

/// <summary>Why somebody is told of a comment.</summary>
public enum NoticeKind
{
    Mention,

    /// <summary>Somebody answered in a thread that the reader wrote in.</summary>
    Answer,

    /// <summary>A thread that the reader wrote in was settled.</summary>
    Resolved,
}
