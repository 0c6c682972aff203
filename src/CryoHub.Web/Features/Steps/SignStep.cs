namespace CryoHub.Web.Features.Steps;

/// <summary>The password again, as a signature.</summary>
public sealed record SignStep(string Password);
