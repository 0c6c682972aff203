namespace CryoHub.Web.Security;

/// <summary>Where to go after signing in: a path of this site, never another site.</summary>
public static class LocalUrl
{
    public static string Or(string? url, string otherwise) =>
        url is ['/'] or ['/', not ('/' or '\\'), ..] && !url.Any(char.IsControl) ? url : otherwise;
}
