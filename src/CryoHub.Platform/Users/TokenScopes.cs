namespace CryoHub.Platform.Users;

/// <summary>What a personal access token may do; a token never does more than its person may.</summary>
public static class TokenScopes
{
    public const string Read = "read";
    public const string Upload = "upload";
    public const string Run = "run";
    public const string Write = "write";

    public static IReadOnlyList<string> All { get; } = [Read, Upload, Run, Write];
}
