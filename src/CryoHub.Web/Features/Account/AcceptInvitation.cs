namespace CryoHub.Web.Features.Account;

/// <summary>Name and password are for people without an account.</summary>
/// <param name="ForLab">A lab, managed by the person, with all of which a project is to be shared; without it the project is the person's alone.</param>
public sealed record AcceptInvitation(string? Code, string? DisplayName = null, string? Password = null, Guid? ForLab = null);
