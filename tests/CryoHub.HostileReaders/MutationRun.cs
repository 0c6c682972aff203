using System.Diagnostics;
using CryoHub.Formats;
using CryoHub.Imaging;

namespace CryoHub.HostileReaders;

/// <summary>
/// <c>mutate FROM ROUNDS FILE ...</c>: opens and reads damaged copies of the files in turn, a line for each round before it begins. What is neither read nor refused
/// in words, takes longer than 5 s or more than 64 MiB and twice the larger of file and frame, is printed as a bug. A crash leaves the number of its round as the last line.
/// </summary>
public static class MutationRun
{
    private const long Room = 64 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var (from, rounds, files) = (int.Parse(arguments[0]), int.Parse(arguments[1]), arguments.Skip(2).ToList());
        var originals = files.Select(File.ReadAllBytes).ToList();
        for (var round = from; round < rounds; round++)
        {
            Console.Out.WriteLine(round);
            Console.Out.Flush();
            var which = round % files.Count;
            if (await TryAsync(files[which], Mutations.Of(originals[which], round), ct) is { } bug)
            {
                Console.Out.WriteLine($"bug in round {round} of {Path.GetFileName(files[which])}: {bug}");
            }
        }

        Console.Out.WriteLine("done");
        return 0;
    }

    private static async Task<string?> TryAsync(string path, byte[] bytes, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var file = new MutatedFile(path, bytes);
            var signals = await (await FormatCatalog.DetectAsync(file, ct)).OpenAsync(file, ct);
            if (GC.GetAllocatedBytesForCurrentThread() - before is var taken && taken > Room + (2 * bytes.Length))
            {
                return $"opening took {taken >> 20} MiB";
            }

            foreach (var signal in signals)
            {
                var header = signal.Header;
                if (header.FrameBytes <= Room + (2 * bytes.Length))
                {
                    var frame = new byte[header.FrameBytes];
                    await signal.ReadFrameAsync(0, frame, ct);
                    await signal.ReadFrameAsync(header.FrameCount - 1, frame, ct);
                }
            }
        }
        catch (ProblemException problem) when (problem is { Kind: ProblemKind.Unreadable, Message.Length: > 0 })
        {
        }
        catch (Exception bug)
        {
            return bug.ToString().ReplaceLineEndings(" | ");
        }

        return clock.Elapsed > Patience ? $"took {clock.Elapsed}" : null;
    }
}
