using System.Text;
using CryoHub.Formats.HyperSpy;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Hdf5;

/// <summary>What a process that is killed while it writes would leave behind; nothing else may write meanwhile.</summary>
[CollectionDefinition(nameof(Hdf5ExportTests), DisableParallelization = true)]
[Collection(nameof(Hdf5ExportTests))]
public sealed class Hdf5ExportTests
{
    [Fact]
    public async Task The_temporary_file_has_no_name_while_it_is_written()
    {
        var signal = new LookingSignal();
        var before = LookingSignal.NamedNow();   // the test program's own, such as a log it writes into
        using var output = new MemoryStream();
        await new HspyWriter().WriteAsync(signal, output, TestContext.Current.CancellationToken);
        Assert.Equal([], signal.Named!.Except(before));
        Assert.Equal("HDF", Encoding.ASCII.GetString(output.ToArray(), 1, 3));   // after the first byte of the signature
    }

    /// <summary>A picture of one pixel that looks, when it is read, which open temporary files have a name.</summary>
    private sealed class LookingSignal : ISignal
    {
        public IReadOnlyList<string>? Named { get; private set; }

        public SignalHeader Header { get; } = new(
            "a", SignalKind.Image, PixelType.UInt8, [new("y", 1, "nm", AxisRole.Space), new("x", 1, "nm", AxisRole.Space)], AcquisitionMetadata.None, MetadataTree.Empty);

        public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
        {
            Named = NamedNow();
            destination.Span.Clear();
            return ValueTask.CompletedTask;
        }

        public static IReadOnlyList<string> NamedNow() =>
        [
            .. Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(entry => new FileInfo(entry).LinkTarget ?? "")
                .Where(target => target.StartsWith(Path.Combine(Path.GetTempPath(), "tmp"), StringComparison.Ordinal) && File.Exists(target)),
        ];
    }
}
