namespace CryoHub.Platform.Custody;

/// <param name="Cause">Why, in words; "not known" is an answer.</param>
/// <param name="At">When it happened or was seen; now where it is not given.</param>
public sealed record FailureText(FailureKind Kind, string Cause, DateTimeOffset? At = null);
