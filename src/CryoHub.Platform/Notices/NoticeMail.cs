namespace CryoHub.Platform.Notices;

/// <summary>When somebody gets unread notices by mail.</summary>
public enum NoticeMail { Off, Daily, AtOnce }
