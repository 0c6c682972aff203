using CryoHub.Platform.Storage;

namespace CryoHub.Platform.Crates;

/// <summary>A stored object on its way into an archive. It is opened with the rights of that moment: <c>null</c> where they have ended since.</summary>
/// <param name="Path">In the archive.</param>
/// <param name="Name">As it was called where it came from.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">What it was received with; empty where nothing was declared.</param>
/// <param name="IsDescribed">False for pieces of a folder that is described as a whole.</param>
internal sealed record CrateFile(string Path, string Name, long Size, string Sha256, bool IsDescribed, Func<CancellationToken, Task<Download?>> OpenAsync);
