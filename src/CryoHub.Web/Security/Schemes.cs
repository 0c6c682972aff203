namespace CryoHub.Web.Security;

internal static class Schemes
{
    /// <summary>Chooses between cookie and token by the request.</summary>
    public const string Either = "CryoHub";

    public const string Token = "Token";

    /// <summary>Claim type of a token's scopes; a cookie has none.</summary>
    public const string ScopeClaim = "scope";

    /// <summary>Claim type of a token's id; a cookie has none.</summary>
    public const string TokenClaim = "token";

    /// <summary>Claim type and policy name of administrators.</summary>
    public const string Administrator = "administrator";
}
