using CryoHub.Cli;

return await CommandLine.RunAsync(args);
