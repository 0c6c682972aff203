using System.Globalization;
using CryoHub.Formats;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.HostileReaders.Fuzz;

/// <summary>
/// The process that opens damaged files, one after the other: rounds below the number of cuts cut the file, later ones change it. It says which round begins, so that its
/// parent knows what it died of; a line that begins with BAD is a failure.
/// </summary>
internal static class FuzzChild
{
    private const int CutsOfAFile = 4096 + 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="arguments">Seed, first round, round after the last, then the files.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (seed, first, end) = (int.Parse(arguments[0], CultureInfo.InvariantCulture), int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        List<(FolderFile File, byte[] Bytes)> files = [.. arguments.Skip(3).Select(path => (new FolderFile(path), File.ReadAllBytes(path)))];
        for (var round = first; round < end; round++)
        {
            Console.WriteLine(round);
            var (file, bytes) = round < CutsOfAFile ? files[0] : files[round % files.Count];
            if ((round < CutsOfAFile ? Cut(bytes, seed, round) : Mutation.Of(bytes, seed, round)) is { } damaged && await TryAsync(new DamagedFile(file, damaged)) is { } bad)
            {
                Console.WriteLine($"BAD {bad.ReplaceLineEndings(" | ")}");
            }
        }

        Console.WriteLine("END");
        return 0;
    }

    /// <summary>Rounds until every byte of the smallest file's first 4 KiB was cut at, and 50 places beyond.</summary>
    public static int Cuts => CutsOfAFile;

    private static byte[]? Cut(byte[] bytes, int seed, int round) => round < 4096
        ? round < bytes.Length ? bytes[..round] : null
        : bytes[..new Random(unchecked((seed * 7919) + round)).Next(bytes.Length)];

    private static TimeSpan Spent(TimeSpan began) => Environment.CpuUsage.TotalTime - began;

    /// <summary>Nothing where the file was read or refused in words; otherwise what went wrong.</summary>
    private static async Task<string?> TryAsync(DamagedFile file)
    {
        var allowed = (64L << 20) + (2 * file.Bytes.Length);
        var before = GC.GetTotalAllocatedBytes();     // of all threads: an await may go on on another one
        var began = Environment.CpuUsage.TotalTime;     // the clock would count what else the machine does
        try
        {
            var reader = await FormatCatalog.DetectAsync(file, CancellationToken.None);
            var signals = await reader.OpenAsync(file, CancellationToken.None);
            var used = GC.GetTotalAllocatedBytes() - before;
            foreach (var signal in signals.Where(signal => signal.Header.FrameBytes <= allowed))
            {
                if (signal.Header.Shape.Any(size => size <= 0))
                {
                    return $"{reader.Format.Key}: a signal of {string.Join(" x ", signal.Header.Shape)} points";
                }

                var frame = new byte[signal.Header.FrameBytes];
                await signal.ReadFrameAsync(0, frame, CancellationToken.None);
                await signal.ReadFrameAsync(signal.Header.FrameCount - 1, frame, CancellationToken.None);
            }

            return used > allowed ? $"{reader.Format.Key}: opening took {used >> 20} MiB, {allowed >> 20} are allowed"
                : Spent(began) > Patience ? $"{reader.Format.Key}: took {Spent(began)}" : null;
        }
        catch (ProblemException problem)
        {
            return problem.Kind != ProblemKind.Unreadable || problem.Message.Length == 0 ? $"a problem of kind {problem.Kind}: '{problem.Message}'"
                : Spent(began) > Patience ? $"took {Spent(began)} to refuse" : null;
        }
        catch (Exception bug)
        {
            return bug.ToString();   // the point of this program is to say which file did it
        }
    }
}
