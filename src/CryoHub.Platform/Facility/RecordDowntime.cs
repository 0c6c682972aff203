namespace CryoHub.Platform.Facility;

/// <param name="Since">Not in the future; now where left out.</param>
/// <param name="Until">Where it is over already.</param>
/// <param name="ExpectedUntil">When it will presumably work again.</param>
public sealed record RecordDowntime(string Cause, DateTimeOffset? Since = null, DateTimeOffset? Until = null, DateTimeOffset? ExpectedUntil = null);
