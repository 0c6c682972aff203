using System.Diagnostics;
using CryoHub.Formats;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Benchmarks.Cases;

/// <summary><c>cryohub inspect</c> of a stack of 1 GiB: the whole process, and beside it how many bytes of the file its reader asks for.</summary>
internal static class InspectCase
{
    public static Benchmark Benchmark { get; } = new("inspect", "cryohub inspect of a 1 GiB MRC, whole process", () => Inspect, "python3-mrcfile, whole process", LargeFile.Make, Note);

    private static void Inspect()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cryohub.dll"), "inspect", LargeFile.Path, "--json"]) { RedirectStandardOutput = true })!;
        process.StandardOutput.Read();   // it is about to end
        ChildMemory.Look();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"cryohub inspect ended with {process.ExitCode}.");
        }
    }

    private static string Note()
    {
        using var bytes = new FileByteSource(LargeFile.Path);
        var counted = new CountedFile(bytes);
        var reader = FormatCatalog.DetectAsync(counted, CancellationToken.None).GetAwaiter().GetResult();
        reader.OpenAsync(counted, CancellationToken.None).GetAwaiter().GetResult();
        return $"; reads {counted.Read} bytes; process {ChildMemory.PeakMiB} MiB";
    }

    private sealed class CountedFile(IByteSource bytes) : ISourceFile, IByteSource
    {
        public long Read { get; private set; }

        public string Name => "stack.mrc";

        public IByteSource Bytes => this;

        public long Length => bytes.Length;

        public IByteSource? Sibling(string name) => null;

        public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
        {
            Read += destination.Length;
            return bytes.ReadAsync(offset, destination, ct);
        }
    }
}
