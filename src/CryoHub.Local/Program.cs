using CryoHub.Local;

return LocalOptions.Parse(args) is { } options ? await LocalHost.RunAsync(options) : 2;
