using CryoHub.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);
builder.AddCryoHubWeb();
var app = builder.Build();
app.MapCryoHubWeb();
await app.RunAsync();

namespace CryoHub.Web
{
    /// <summary>Named so that tests can start this host.</summary>
    public sealed partial class Program;
}
