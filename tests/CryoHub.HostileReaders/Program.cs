using CryoHub.Formats;
using CryoHub.HostileReaders;
using CryoHub.HostileReaders.Fuzz;
using CryoHub.Worker.ReadChild;

return args[0] switch
{
    "mutate" => await MutationRun.RunAsync(args[1..], CancellationToken.None),
    "fuzz" => await FuzzCommand.RunAsync(args[1..]),
    "fuzz-child" => await FuzzChild.RunAsync(args[1..]),
    _ => await ReadChildProgram.RunAsync(args[1..], (_, _) => Task.FromResult<IFormatReader>(new HostileReader()), CancellationToken.None),
};
