using CryoHub.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);
if (args is ["health"])
{
    return await HealthProbe.RunAsync(builder.Configuration, CancellationToken.None);
}

builder.AddCryoHubWeb();
var app = builder.Build();
app.MapCryoHubWeb();
await app.RunAsync();
return 0;

namespace CryoHub.Web
{
    /// <summary>Names this assembly to tests that start the host.</summary>
    public sealed class EntryPoint;
}
