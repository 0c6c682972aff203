using System.Buffers.Binary;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Tests.Bytes;

public sealed class EnergySlowestSignalTests
{
    [Fact]
    public async Task Planes_of_energies_become_rows_of_spectra_also_when_they_need_more_than_one_block()
    {
        // 5 rows of 12 MB: blocks of 32 MiB hold two. The stored value tells its own place.
        const int Energies = 3000, Rows = 5, Columns = 1000;
        var stored = new byte[4 * Energies * Rows * Columns];
        for (var i = 0; i < stored.Length / 4; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(4 * i), i);
        }

        var source = new MemoryByteSource(stored);
        var axes = new[] { ("y", Rows), ("x", Columns), ("energy", Energies) }.Select(axis => new Axis(axis.Item1, axis.Item2, "", AxisRole.Space)).ToArray();
        var header = new SignalHeader("si", SignalKind.SpectrumImage, PixelType.Int32, axes, AcquisitionMetadata.None, MetadataTree.Empty);
        var signal = new EnergySlowestSignal(header, Energies, 4, source.ReadAsync);
        foreach (var (y, x, energy) in new[] { (0, 0, 0), (1, 999, 2999), (2, 0, 1), (4, 500, 1500), (4, 999, 2999), (0, 1, 2) })
        {
            var value = await signal.ValueAtAsync([y, x, energy], TestContext.Current.CancellationToken);
            Assert.Equal((((energy * Rows) + y) * Columns) + x, (int)value);
        }
    }
}
