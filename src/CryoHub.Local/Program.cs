using CryoHub.Formats;
using CryoHub.Local;
using CryoHub.Worker.ReadChild;

// The worker starts this program again as the confined reader of originals.
if (args is ["read-child", .. var call])
{
    return await ReadChildProgram.RunAsync(call, FormatCatalog.DetectAsync, CancellationToken.None);
}

return LocalOptions.Parse(args) is { } options ? await LocalHost.RunAsync(options) : 2;
