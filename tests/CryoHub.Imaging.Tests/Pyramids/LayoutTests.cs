using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CryoHub.Imaging.Pyramids;
using CryoHub.Imaging.Tables;

namespace CryoHub.Imaging.Tests.Pyramids;

/// <summary>What the viewer relies on: names, axes, transformations, and the extra pictures of signals that are none.</summary>
public sealed class LayoutTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cryohub-layout");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_picture_says_where_the_pixels_of_each_level_lie()
    {
        var header = Specimen.Header(SignalKind.Image, PixelType.UInt16, 600, 700);
        await WriteAsync(header, new byte[header.FrameBytes]);
        var image = Json("zarr.json")["attributes"]!["ome"]!["multiscales"]![0]!;
        Assert.Equal("""[{"name":"y","type":"space","unit":"nanometer"},{"name":"x","type":"space","unit":"nanometer"}]""", image["axes"]!.ToJsonString());

        // Step 0.5 nm, origin -3 nm; the centre of the first box of 4 x 4 pixels lies 1.5 pixels from the first pixel's.
        var last = image["datasets"]![2]!["coordinateTransformations"]!;
        Assert.Equal("""[{"type":"scale","scale":[2,2]},{"type":"translation","translation":[-2.25,-2.25]}]""", last.ToJsonString());
        var own = Json("zarr.json")["attributes"]!["cryohub"]!;
        Assert.Equal("""{"name":"x","size":700,"unit":"nm","role":"space","step":0.5,"origin":-3}""", own["axes"]![1]!.ToJsonString());
        Assert.Equal(("image", "uint16", ""), ((string)own["kind"]!, (string)own["pixelType"]!, (string)own["display"]!));
    }

    [Fact]
    public async Task A_spectrum_image_comes_with_its_sum_as_a_picture_and_reads_back_by_region()
    {
        var ct = TestContext.Current.CancellationToken;
        Axis[] axes = [new("y", 37, "nm", AxisRole.Space), new("x", 41, "nm", AxisRole.Space), new("energy", 90, "eV", AxisRole.Energy, 0.5, 400)];
        var header = new SignalHeader("map", SignalKind.SpectrumImage, PixelType.UInt16, axes, AcquisitionMetadata.None, MetadataTree.Empty);
        var values = Enumerable.Range(0, 37 * 41 * 90).Select(i => (ushort)(i * 7919 % 5003)).ToArray();
        await WriteAsync(header, MemoryMarshal.AsBytes<ushort>(values).ToArray());

        var sums = values.Chunk(90).Select(spectrum => (float)spectrum.Sum(count => (double)count)).ToArray();
        var seen = await Zarrita.ReadAsync(folder.FullName, "0", "navigator/0");
        Assert.Equal(["y", "x", "energy"], seen[0].DimensionNames);
        Assert.Equal(Hash(MemoryMarshal.AsBytes<ushort>(values)), seen[0].Sha256);
        Assert.Equal(Hash(MemoryMarshal.AsBytes<float>(sums)), seen[1].Sha256);
        Assert.Equal("navigator", (string)Json("zarr.json")["attributes"]!["cryohub"]!["display"]!);

        using var source = new ZarrFolder(folder.FullName);
        var signal = await ZarrSignal.OpenAsync(source, null, ct);
        var region = new ushort[5 * 20 * 11];
        var bytes = new byte[region.Length * 2];
        await signal.ReadRegionAsync([14, 3, 70], [5, 20, 11], bytes, ct);
        MemoryMarshal.Cast<byte, ushort>(bytes).CopyTo(region);
        Assert.Equal(from y in Enumerable.Range(14, 5) from x in Enumerable.Range(3, 20) from e in Enumerable.Range(70, 11) select values[(((y * 41) + x) * 90) + e], region);
    }

    [Fact]
    public async Task A_scan_of_patterns_keeps_four_axes_and_reads_back()
    {
        var ct = TestContext.Current.CancellationToken;
        Axis[] axes = [new("y", 5, "nm", AxisRole.Space), new("x", 37, "nm", AxisRole.Space), new("ky", 20, "1/nm", AxisRole.Reciprocal), new("kx", 24, "1/nm", AxisRole.Reciprocal)];
        var header = new SignalHeader("scan", SignalKind.DiffractionScan, PixelType.UInt8, axes, AcquisitionMetadata.None, MetadataTree.Empty);
        var values = Enumerable.Range(0, 5 * 37 * 20 * 24).Select(i => (byte)(i * 31 % 251)).ToArray();
        await WriteAsync(header, values);
        var seen = await Zarrita.ReadAsync(folder.FullName, "0", "navigator/0");
        Assert.Equal(Hash(values), seen[0].Sha256);
        Assert.Equal([5, 37], seen[1].Shape);

        using var source = new ZarrFolder(folder.FullName);
        var signal = await ZarrSignal.OpenAsync(source, null, ct);
        var frame = new byte[480];
        await signal.ReadFrameAsync((3 * 37) + 36, frame, ct);
        Assert.Equal(values.AsSpan(((3 * 37) + 36) * 480, 480).ToArray(), frame);
        var region = new byte[2 * 3 * 4 * 5];
        await signal.ReadRegionAsync([2, 33, 6, 7], [2, 3, 4, 5], region, ct);
        Assert.Equal(
            from y in Enumerable.Range(2, 2) from x in Enumerable.Range(33, 3) from ky in Enumerable.Range(6, 4) from kx in Enumerable.Range(7, 5) select values[(((((y * 37) + x) * 20) + ky) * 24) + kx],
            region);
    }

    [Theory]
    [InlineData(PixelType.Complex64)]
    [InlineData(PixelType.Complex128)]
    public async Task Complex_pixels_are_kept_and_drawn_by_their_modulus(PixelType pixel)
    {
        var ct = TestContext.Current.CancellationToken;
        var header = Specimen.Header(SignalKind.ImageStack, pixel, 3, 40, 300);
        var parts = Enumerable.Range(0, 2 * 3 * 40 * 300).Select(i => (double)(i % 97) - 40).ToArray();
        var bytes = pixel == PixelType.Complex64 ? MemoryMarshal.AsBytes<float>([.. parts.Select(part => (float)part)]).ToArray() : MemoryMarshal.AsBytes<double>(parts).ToArray();
        var summary = await WriteAsync(header, bytes);
        var modulus = parts.Chunk(2).Select(pair => (float)Math.Sqrt((pair[0] * pair[0]) + (pair[1] * pair[1]))).ToArray();
        var seen = await Zarrita.ReadAsync(folder.FullName, "modulus/0");
        Assert.Equal(Hash(MemoryMarshal.AsBytes<float>(modulus)), seen[0].Sha256);
        Assert.Equal(modulus.Max(), summary.Statistics.Max);

        using var source = new ZarrFolder(folder.FullName);
        var signal = await ZarrSignal.OpenAsync(source, null, ct);
        var frame = new byte[header.FrameBytes];
        await signal.ReadFrameAsync(2, frame, ct);
        Assert.True(frame.AsSpan().SequenceEqual(bytes.AsSpan(2 * frame.Length)));
    }

    /// <summary>An orientation map as an instrument lists it: 30,000 rows of 8 numbers are 1.9 MB, so two chunks of a mebibyte in one shard; text of 700 kB is one.</summary>
    [Theory]
    [InlineData(SignalKind.EbsdMap)]
    [InlineData(SignalKind.PointCloud)]
    public async Task Lists_are_kept_as_rows_in_chunks_worth_a_request(SignalKind kind)
    {
        TableColumn[] columns = [.. Enumerable.Range(0, 8).Select(column => new TableColumn($"c{column}", "nm", [.. Enumerable.Range(0, 30_000).Select(row => (double)(row + column))]))];
        var table = TableSignal.Of("list", kind, columns, AcquisitionMetadata.None, MetadataTree.Empty);
        await PyramidWriter.WriteAsync(table, new ZarrFolder(folder.FullName), null, TestContext.Current.CancellationToken);
        Assert.Null(Json("zarr.json")["attributes"]!["ome"]);
        Assert.Equal([16384, 8], Inner("0"));
        var seen = await Zarrita.ReadAsync(folder.FullName, "0");
        Assert.Equal([30_000L, 8L], seen[0].Shape);

        var text = Path.Combine(folder.FullName, "text");
        await PyramidWriter.WriteAsync(DocumentSignal.Of("log", new string('x', 700_000), MetadataTree.Empty), new ZarrFolder(text), null, TestContext.Current.CancellationToken);
        Assert.Equal([700_000], Inner("text/0"));

        int[] Inner(string array) => [.. Json($"{array}/zarr.json")["codecs"]![0]!["configuration"]!["chunk_shape"]!.AsArray().Select(size => (int)size!)];
    }

    [Fact]
    public async Task A_single_spectrum_is_one_array()
    {
        var header = new SignalHeader("line", SignalKind.Spectrum, PixelType.Float32, [new("energy", 2048, "eV", AxisRole.Energy)], AcquisitionMetadata.None, MetadataTree.Empty);
        var values = Enumerable.Range(0, 2048).Select(i => MathF.Exp(-i / 300f)).ToArray();
        var summary = await WriteAsync(header, MemoryMarshal.AsBytes<float>(values).ToArray());
        var seen = await Zarrita.ReadAsync(folder.FullName, "0");
        Assert.Equal([2048L], seen[0].Shape);
        Assert.Equal(Hash(MemoryMarshal.AsBytes<float>(values)), seen[0].Sha256);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], summary.Thumbnail[..4]);
    }

    [Fact]
    public async Task A_damaged_shard_and_an_unfinished_group_are_said_in_words()
    {
        var ct = TestContext.Current.CancellationToken;
        var header = Specimen.Header(SignalKind.Image, PixelType.UInt8, 20, 20);
        await WriteAsync(header, new byte[400]);
        var shard = Path.Combine(folder.FullName, "0/c/0/0");
        var bytes = await File.ReadAllBytesAsync(shard, ct);
        bytes[^10] ^= 1;
        await File.WriteAllBytesAsync(shard, bytes, ct);
        using (var source = new ZarrFolder(folder.FullName))
        {
            var signal = await ZarrSignal.OpenAsync(source, null, ct);
            var problem = await Assert.ThrowsAsync<ProblemException>(() => signal.ReadFrameAsync(0, new byte[400], ct).AsTask());
            Assert.Contains("checksum", problem.Message, StringComparison.Ordinal);
        }

        File.Delete(Path.Combine(folder.FullName, "zarr.json"));
        using var unfinished = new ZarrFolder(folder.FullName);
        await Assert.ThrowsAsync<ProblemException>(() => ZarrSignal.OpenAsync(unfinished, null, ct));
    }

    [Fact]
    public async Task A_volume_written_in_odd_portions_equals_one_that_was_ingested()
    {
        var ct = TestContext.Current.CancellationToken;
        var header = Specimen.Header(SignalKind.Volume, PixelType.Float32, 75, 30, 270);
        var pixels = Specimen.Pixels(header, Specimen.Ramp);
        await WriteAsync(header, pixels);
        var expected = await Zarrita.ReadAsync(folder.FullName, "0", "1");
        var again = Path.Combine(folder.FullName, "again");
        var writer = new VolumeWriter(header, new ZarrFolder(again));
        var slice = (int)header.FrameBytes;
        for (var first = 0; first < 75; first += 7)
        {
            await writer.WriteSlabAsync(first, pixels.AsMemory(first * slice, Math.Min(7, 75 - first) * slice), ct);
        }

        await writer.FinishAsync(ct);
        Assert.Equal(expected.Select(level => level.Sha256), (await Zarrita.ReadAsync(again, "0", "1")).Select(level => level.Sha256));
    }

    [Fact]
    public async Task An_unfinished_volume_is_no_volume()
    {
        var writer = new VolumeWriter(Specimen.Header(SignalKind.Volume, PixelType.Float32, 2, 4, 4), new ZarrFolder(folder.FullName));
        await writer.WriteSlabAsync(0, new byte[64], TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.FinishAsync(TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Path.Combine(folder.FullName, "zarr.json")));
    }

    private Task<SignalSummary> WriteAsync(SignalHeader header, byte[] pixels) =>
        PyramidWriter.WriteAsync(new ArraySignal(header, pixels), new ZarrFolder(folder.FullName), null, TestContext.Current.CancellationToken);

    private JsonNode Json(string key) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, key)))!;

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
