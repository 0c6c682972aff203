using System.Diagnostics;
using System.Globalization;

namespace CryoHub.Benchmarks;

/// <summary>Runs ours and the peer in turns, so that a busy moment of the machine hits both.</summary>
internal static class Comparison
{
    private const int ManyRuns = 5;

    public static string Heading => $"{"operation",-62} {"ours s",9} {"peer s",9} {"ratio",8} {"ours MiB",9} {"peer MiB",9}  peer";

    public static string Run(Benchmark benchmark)
    {
        var file = benchmark.File?.Invoke();
        try
        {
            return Run(benchmark, file);
        }
        finally
        {
            if (file?.StartsWith(Path.GetTempPath(), StringComparison.Ordinal) == true)   // a real file stays
            {
                File.Delete(file);
            }
        }
    }

    private static string Run(Benchmark benchmark, string? file)
    {
        using var peer = benchmark.Peer is null ? null : new Peer(benchmark.Name, file);
        var work = benchmark.Prepare();
        if (!benchmark.OnceOnRequest)
        {
            work();
            work(); // the second warm-up runs in fully optimised code
        }

        var runs = benchmark.OnceOnRequest ? 1 : ManyRuns;
        var (ours, theirs) = (new double[runs], new double[runs]);
        for (var run = 0; run < runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            ours[run] = Stopwatch.GetElapsedTime(started).TotalSeconds;
            theirs[run] = peer?.Seconds() ?? double.NaN;
        }

        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{benchmark.Operation,-62} {Median(ours),9:0.0000} {Cell(Median(theirs), "0.000"),9} {Cell(Median([.. ours.Zip(theirs, (a, b) => b / a)]), "0.0"),8} {process.PeakWorkingSet64 >> 20,9} {Cell(peer?.PeakMiB() ?? double.NaN, "0"),9}  {benchmark.Peer}{benchmark.Note?.Invoke()}");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static string Cell(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
}
