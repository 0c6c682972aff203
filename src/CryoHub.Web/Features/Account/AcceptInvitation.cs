namespace CryoHub.Web.Features.Account;

/// <summary>Name and password are for people without an account.</summary>
public sealed record AcceptInvitation(string? Code, string? DisplayName = null, string? Password = null);
