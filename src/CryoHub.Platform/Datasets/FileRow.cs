namespace CryoHub.Platform.Datasets;

/// <param name="Id">Of the file, for its download.</param>
/// <param name="Path">As it was called where it came from.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In hexadecimal digits.</param>
/// <param name="IsPrimary">The one the reader opened.</param>
/// <param name="VerifiedAt">When it was last read back whole.</param>
/// <param name="Damage">What was found wrong then; empty where nothing.</param>
public sealed record FileRow(Guid Id, string Path, long Size, string Sha256, bool IsPrimary, DateTimeOffset? VerifiedAt, string Damage);
