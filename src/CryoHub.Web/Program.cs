using CryoHub.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);
builder.AddCryoHubWeb();
var app = builder.Build();
app.MapCryoHubWeb();
await app.RunAsync();

namespace CryoHub.Web
{
    /// <summary>Names this assembly to tests that start the host.</summary>
    public sealed class EntryPoint;
}
