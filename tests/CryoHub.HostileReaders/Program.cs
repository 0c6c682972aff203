using CryoHub.Formats;
using CryoHub.HostileReaders;
using CryoHub.Worker.ReadChild;

return await ReadChildProgram.RunAsync(args[1..], (_, _) => Task.FromResult<IFormatReader>(new HostileReader()), CancellationToken.None);
