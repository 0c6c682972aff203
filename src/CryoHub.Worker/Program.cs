using CryoHub.Formats;
using CryoHub.Platform;
using CryoHub.Platform.Messages;
using CryoHub.Worker;
using CryoHub.Worker.Health;
using CryoHub.Worker.ReadChild;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

if (args is ["read-child", .. var call])
{
    return await ReadChildProgram.RunAsync(call, FormatCatalog.DetectAsync, CancellationToken.None);
}

// No web host: a worker listens on no port.
var builder = Host.CreateApplicationBuilder(args);
builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);
if (args is ["health"])
{
    return PulseCheck.Run(builder.Configuration, TimeProvider.System);
}

if (args is ["verify"])
{
    return await AuditCheck.RunAsync(builder.Configuration, Console.Out, CancellationToken.None);
}

builder.Services.AddPlatform(builder.Configuration).AddJobsAndUploads(builder.Configuration).AddBus(builder.Configuration).AddCryoHubWorker();
builder.Services.AddHostedService<Pulse>().AddOptions<PulseOptions>().BindConfiguration(PulseOptions.Section);
await builder.Build().RunAsync();
return 0;
