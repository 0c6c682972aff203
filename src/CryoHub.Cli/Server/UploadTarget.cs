namespace CryoHub.Cli.Server;

/// <summary>Under which name a file goes up, what hangs it to, and which files come with it.</summary>
public sealed record UploadTarget(string Name, string DropId, IReadOnlyList<string> Siblings, string? SampleId, string? SessionId);
