namespace CryoHub.Web.Security;

/// <summary>The scope a token needs at an endpoint; <c>null</c>: no token is good enough, a person must have signed in.</summary>
internal sealed record ScopeNeeded(string? Scope);
