namespace CryoHub.Web.Features.Account;

public sealed record SignInAnswer(SignInOutcome Outcome);
