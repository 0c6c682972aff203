using CryoHub.Formats;
using CryoHub.Platform;
using CryoHub.Platform.Messages;
using CryoHub.Worker;
using CryoHub.Worker.ReadChild;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

if (args is ["read-child", .. var call])
{
    return await ReadChildProgram.RunAsync(call, FormatCatalog.DetectAsync, CancellationToken.None);
}

var builder = WebApplication.CreateSlimBuilder(args);
builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);
builder.Services.AddPlatform(builder.Configuration).AddJobsAndUploads(builder.Configuration).AddBus(builder.Configuration).AddCryoHubWorker();
await builder.Build().RunAsync();
return 0;
