namespace CryoHub.Web.Features.Users;

/// <summary>Each works once, in place of a code; shown this once.</summary>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);
