using CryoHub.Platform.Datasets;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Storage.Files;
using CryoHub.Worker.Jobs;
using CryoHub.Worker.ReadChild;
using Microsoft.Extensions.Options;

namespace CryoHub.Benchmarks.Cases;

/// <summary>What an ingest job does with a stack of 1 GiB, or of ten, in the file store: checksum, confined reader, pyramid, statistics; all without the database's rows.</summary>
internal static class IngestCase
{
    private static readonly string Folder = LargeFile.Path + ".store";

    public static Benchmark Benchmark { get; } = new("ingest", "ingest of a 1 GiB MRC stack, file store, synced to disk", Prepare, "cp and sha256sum", LargeFile.Make, Note);

    /// <summary>Ten times as much must take no more memory.</summary>
    public static Benchmark Large { get; } = new("ingest-10", "ingest of a 10 GiB MRC stack, once", Prepare, "cp and sha256sum", () => LargeFile.Make(10), Note, OnceOnRequest: true);

    private static Action Prepare() => () => IngestAsync(CancellationToken.None).GetAwaiter().GetResult();

    private static async Task IngestAsync(CancellationToken ct)
    {
        try
        {
            var store = new FileObjectStore(Options.Create(new StorageOptions { Folder = Folder }), TimeProvider.System);
            File.CreateSymbolicLink(Path.Combine(Folder, "objects", "original"), LargeFile.Path);
            using var originals = await Originals.OpenAsync(store, [new DatasetFile { Path = "stack.mrc", ObjectKey = "original", IsPrimary = true, Size = new FileInfo(LargeFile.Path).Length }], ct);
            var hashing = Task.Run(() => originals.FindForeignAsync(ct), ct);
            var writer = new SignalWriter(store, new SignalDisk(store), "signals/");
            await using var file = await SandboxedFile.OpenAsync(originals.Primaries.Single(), new ReadChildOptions(), ct);
            await writer.WriteAsync(Guid.Empty, 0, file.Signals.Single(), new Progress<double>(), ct);
            await hashing;
            ChildMemory.Look();
        }
        finally
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string Note() => $"; reading child {ChildMemory.PeakMiB} MiB";
}
