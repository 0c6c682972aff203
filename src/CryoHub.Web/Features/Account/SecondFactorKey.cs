namespace CryoHub.Web.Features.Account;

/// <param name="Key">To be typed into an authenticator app by hand.</param>
/// <param name="Uri">The same as the app reads it.</param>
/// <param name="QrSvg">The same as a picture to be photographed.</param>
public sealed record SecondFactorKey(string Key, string Uri, string QrSvg);
