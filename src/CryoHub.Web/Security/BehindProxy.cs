using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CryoHub.Web.Security;

/// <summary>Takes a person's address and scheme from the headers of proxies named in the settings, so that people behind one proxy do not share one allowance.</summary>
internal static class BehindProxy
{
    public static void UseKnownProxies(this WebApplication app)
    {
        var known = app.Services.GetRequiredService<IOptions<WebOptions>>().Value.KnownProxies;
        if (known.Length == 0)
        {
            return;   // the framework would believe everybody
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in known)
        {
            options.KnownIPNetworks.Add(Network(proxy));
        }

        app.UseForwardedHeaders(options);
    }

    private static System.Net.IPNetwork Network(string proxy) =>
        System.Net.IPNetwork.TryParse(proxy, out var network) ? network
        : IPAddress.TryParse(proxy, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"Web:KnownProxies takes addresses and networks like 10.0.0.0/8, not \"{proxy}\".");
}
