namespace CryoHub.Platform.Crates;

/// <summary>A crate that is ready to be written, with the name of its file.</summary>
public sealed record Crate(string FileName, Func<Stream, CancellationToken, Task> WriteAsync);
