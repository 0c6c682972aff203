using CryoHub.Formats;
using CryoHub.HostileReaders;
using CryoHub.HostileReaders.Fuzz;
using CryoHub.Worker.ReadChild;

return args[0] == "mutate"
    ? await MutationRun.RunAsync(args[1..], CancellationToken.None)
    : await ReadChildProgram.RunAsync(args[1..], (_, _) => Task.FromResult<IFormatReader>(new HostileReader()), CancellationToken.None);
return args[0] switch
{
    "fuzz" => await FuzzCommand.RunAsync(args[1..]),
    "fuzz-child" => await FuzzChild.RunAsync(args[1..]),
    _ => await ReadChildProgram.RunAsync(args[1..], (_, _) => Task.FromResult<IFormatReader>(new HostileReader()), CancellationToken.None),
};
