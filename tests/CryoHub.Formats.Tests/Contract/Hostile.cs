using System.Diagnostics;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Contract;

/// <summary>Opens what may be hostile the way ingest does, and watches time and memory.</summary>
public static class Hostile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Read or refused as unreadable; anything else, or more than 64 MiB and twice the file of memory, fails the test.</summary>
    public static async Task<Outcome> TryAsync(ISourceFile file, string what)
    {
        var allowed = (64L << 20) + (2 * file.Bytes.Length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var reader = await FormatCatalog.DetectAsync(file, patience.Token);
            var signals = await reader.OpenAsync(file, patience.Token);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before <= allowed, $"{what}: opening took {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB");
            foreach (var signal in signals)
            {
                await ReadEndsAsync(signal, allowed, patience.Token);
            }

            return Outcome.Read;
        }
        catch (ProblemException problem)
        {
            Assert.Equal(ProblemKind.Unreadable, problem.Kind);
            Assert.NotEmpty(problem.Message);
            return Outcome.Refused;
        }
        catch (Exception bug) when (bug is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"{what}: {bug}");
            throw;
        }
        finally
        {
            Assert.True(clock.Elapsed < Patience, $"{what}: took {clock.Elapsed}");
        }
    }

    private static async Task ReadEndsAsync(ISignal signal, long allowed, CancellationToken ct)
    {
        var header = signal.Header;
        Assert.All(header.Shape, size => Assert.True(size > 0));
        if (header.FrameBytes > allowed)
        {
            return;   // a caller with less memory looks at the header first
        }

        var frame = new byte[header.FrameBytes];
        await signal.ReadFrameAsync(0, frame, ct);
        await signal.ReadFrameAsync(header.FrameCount - 1, frame, ct);
    }
}
