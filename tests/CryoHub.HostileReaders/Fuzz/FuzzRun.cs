using System.Diagnostics;
using System.Globalization;

namespace CryoHub.HostileReaders.Fuzz;

/// <summary>
/// Drives one child with limits over the damaged files of a format. A child that is silent for a minute (the machine may be busy; the child itself counts five seconds of processor time) or dies is
/// replaced and goes on with the next round.
/// </summary>
public static class FuzzRun
{
    private const int MemoryMiB = 256;   // managed memory: 64 MiB and twice a sample of at most 4 MiB, twice over, as the collector needs room
    private const int AddressSpaceMiB = 4096 + (6 * MemoryMiB);
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>Rounds before the first mutation: every cut of the first 4 KiB and 50 others.</summary>
    public static int Cuts => FuzzChild.Cuts;

    /// <summary>What went wrong, a line a round; empty where nothing did.</summary>
    /// <param name="files">Real files of one format.</param>
    /// <param name="seed">Chooses the mutations.</param>
    /// <param name="rounds">First round and the round after the last.</param>
    /// <param name="ct">Ends the child too.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> files, int seed, Range rounds, CancellationToken ct)
    {
        List<string> found = [];
        for (var first = rounds.Start.Value; first < rounds.End.Value;)
        {
            var (last, how) = await ChildAsync(files, seed, first, rounds.End.Value, found, ct);
            if (how is null)
            {
                return found;
            }

            found.Add($"round {last} of seed {seed} ({Path.GetFileName(files[last < Cuts ? 0 : last % files.Count])}): {how}");
            first = last + 1;
        }

        return found;
    }

    private static async Task<(int Last, string? How)> ChildAsync(IReadOnlyList<string> files, int seed, int first, int end, List<string> found, CancellationToken ct)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "CryoHub.HostileReaders.dll");
        string[] command = ["dotnet", program, "fuzz-child", Text(seed), Text(first), Text(end), .. files];

        // Native libraries are not bound by the collector's limit: the shell bounds the address space (in KiB), the runtime's own reservations on top.
        var start = new ProcessStartInfo("sh", ["-c", "ulimit -v \"$0\"; exec \"$@\"", Text(AddressSpaceMiB * 1024), .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)MemoryMiB << 20).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";   // its pipes would outlive a child that dies
        using var child = Process.Start(start)!;
        var words = child.StandardError.ReadToEndAsync(ct);
        var last = first;
        try
        {
            while (true)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
                patience.CancelAfter(Silence);
                switch (await child.StandardOutput.ReadLineAsync(patience.Token))
                {
                    case null:
                        await child.WaitForExitAsync(ct);
                        return (last, $"the process died (exit code {child.ExitCode}): {string.Join(" | ", (await words).Split('\n').Take(6))}");
                    case "END":
                        return (end, null);
                    case ['B', 'A', 'D', ' ', .. var bad]:
                        found.Add($"round {last} of seed {seed} ({Path.GetFileName(files[last < Cuts ? 0 : last % files.Count])}): {bad}");
                        break;
                    case var line:
                        last = int.Parse(line, CultureInfo.InvariantCulture);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (last, $"no answer within {Silence.TotalSeconds} s");
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill();
                await child.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
