using CryoHub.Formats;
using CryoHub.HostileReaders;
using CryoHub.Worker.ReadChild;

return args[0] == "mutate"
    ? await MutationRun.RunAsync(args[1..], CancellationToken.None)
    : await ReadChildProgram.RunAsync(args[1..], (_, _) => Task.FromResult<IFormatReader>(new HostileReader()), CancellationToken.None);
