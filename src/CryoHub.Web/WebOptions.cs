using System.ComponentModel.DataAnnotations;

namespace CryoHub.Web;

/// <summary>Section <c>Web</c>, together with <see cref="Platform.SiteOptions"/>.</summary>
public sealed class WebOptions
{
    /// <summary>How people reach this site. With https the cookies bind themselves to this host.</summary>
    public Uri PublicUrl { get; set; } = new("http://localhost:5080");

    /// <summary>Other origins the browser may talk to: the object store's public address.</summary>
    public string[] ConnectSources { get; set; } = [];

    /// <summary>Addresses or networks (10.0.0.0/8) of the proxies in front of this host. Only they are believed when they say for whom they speak.</summary>
    public string[] KnownProxies { get; set; } = [];

    /// <summary>Attempts to sign in, to reset a password or to use an invitation, per minute and network address.</summary>
    [Range(1, int.MaxValue)]
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>Searches per minute and person.</summary>
    [Range(1, int.MaxValue)]
    public int SearchesPerMinute { get; set; } = 120;

    /// <summary>How long a cookie is believed before the account is looked at again: the longest life of a right that has ended.</summary>
    public TimeSpan RecheckAfter { get; set; } = TimeSpan.FromSeconds(4);
}
