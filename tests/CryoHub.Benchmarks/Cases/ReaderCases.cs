using CryoHub.Formats;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Benchmarks.Cases;

/// <summary>Opening a file and reading every frame once, from the page cache.</summary>
internal static class ReaderCases
{
    /// <summary>Lines of real files are there where their folder is.</summary>
    private static readonly string RealFiles = Path.Combine(AppContext.BaseDirectory, "../../../../../../shared/data");

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("plain", "reading 1 GiB in pieces of a frame (the limit)", () => Plain, File: LargeFile.Make),
        new("mrc", "reading a 1 GiB MRC stack, frame by frame", () => () => Read(LargeFile.Path), "mrcfile.open", LargeFile.Make),
        .. Real("bcf", "reading a Bruker BCF, image and 256 x 256 x 2048", "bruker/0.bcf"),
        .. Real("dm4", "reading a DM4 spectrum image, 2 x 2 x 2048 and survey", "dm4/EELS_SI.dm4"),
        .. Real("emd", "reading a Velox EMD, spectrum stream and images", "emd/EDS-STO.emd"),
    ];

    private static IEnumerable<Benchmark> Real(string name, string operation, string file)
    {
        var path = Path.Combine(RealFiles, file);
        return File.Exists(path) ? [new Benchmark(name, operation, () => () => Read(path), "HyperSpy load (Python)", () => path)] : [];
    }

    private static void Plain()
    {
        using var file = new FileByteSource(LargeFile.Path);
        var frame = new byte[LargeFile.Size * LargeFile.Size * sizeof(float)];
        for (var at = 0L; at + frame.Length <= file.Length; at += frame.Length)
        {
            file.ReadAsync(at, frame, CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    private static void Read(string path) => ReadAsync(path, CancellationToken.None).GetAwaiter().GetResult();

    private static async Task ReadAsync(string path, CancellationToken ct)
    {
        using var bytes = new FileByteSource(path);
        var file = new OneFile(Path.GetFileName(path), bytes);
        var reader = await FormatCatalog.DetectAsync(file, ct);
        foreach (var signal in await reader.OpenAsync(file, ct))
        {
            var frame = new byte[signal.Header.FrameBytes];
            for (var i = 0L; i < signal.Header.FrameCount; i++)
            {
                await signal.ReadFrameAsync(i, frame, ct);
            }
        }
    }

    private sealed record OneFile(string Name, IByteSource Bytes) : ISourceFile
    {
        public IByteSource? Sibling(string name) => null;
    }
}
