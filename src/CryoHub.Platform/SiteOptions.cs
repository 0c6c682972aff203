namespace CryoHub.Platform;

/// <summary>Section <c>Web</c>: how people reach this site; links in mails begin with it.</summary>
public sealed class SiteOptions
{
    public Uri PublicUrl { get; set; } = new("http://localhost:5080");
}
