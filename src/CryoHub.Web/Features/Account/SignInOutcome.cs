namespace CryoHub.Web.Features.Account;

/// <summary>What became of an attempt to sign in. Refused never says why.</summary>
public enum SignInOutcome { SignedIn, SecondFactorNeeded, Refused }
