namespace CryoHub.Platform.Custody;

/// <param name="At">When it was done; now where it is not given.</param>
/// <param name="WasFound">True: it was found, or came into one's hands without a record.</param>
public sealed record TakeOut(string? Note = null, DateTimeOffset? At = null, bool WasFound = false);
