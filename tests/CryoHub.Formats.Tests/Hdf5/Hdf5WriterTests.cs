using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Formats.Emd;
using CryoHub.Formats.Hdf5;
using CryoHub.Formats.HyperSpy;
using CryoHub.Formats.Nexus;
using CryoHub.Formats.Tests.Expected;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Hdf5;

/// <summary>What is written is read by HyperSpy 1.7 and by h5dump, and again by us: every pixel, axes and metadata.</summary>
public sealed class Hdf5WriterTests : IDisposable
{
    private const string HyperSpy = """
        import json, logging, sys
        logging.disable(logging.CRITICAL)
        import hyperspy.api as hs
        signals = hs.load(sys.argv[1])
        s = [s for s in (signals if isinstance(signals, list) else [signals]) if s.data.ndim == 3][0]
        axes = [[str(a.name), a.size, a.scale, a.offset, str(a.units), a.navigate] if a.is_uniform else [str(a.name), a.size, list(a.axis), str(a.units), a.navigate] for a in s.axes_manager._axes]
        print(json.dumps({"data": s.data.astype(float).ravel().tolist(), "dtype": str(s.data.dtype), "axes": axes,
                          "energy": s.metadata.get_item("Acquisition_instrument.TEM.beam_energy"), "title": s.metadata.General.title}))
        """;

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, true);

    [Theory]
    [InlineData(".hspy", PixelType.Int16)]
    [InlineData(".hspy", PixelType.Float32)]
    [InlineData(".nxs", PixelType.Float64)]
    [InlineData(".nxs", PixelType.UInt8)]
    [InlineData(".emd", PixelType.UInt16)]
    [InlineData(".emd", PixelType.Float32)]
    public async Task HyperSpy_finds_every_pixel_and_the_calibration(string extension, PixelType pixel)
    {
        var path = await WriteAsync(extension, SpectrumImage(pixel));
        var found = JsonNode.Parse(await Outside.PythonAsync(HyperSpy, path, Ct))!;
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (double)i), found["data"].Deserialize<double[]>()!);
        Assert.Equal(pixel.Name(), (string?)found["dtype"]);
        var axes = found["axes"]!.AsArray();
        Assert.Equal(["y", "x", "energy"], axes.Select(axis => (string?)axis![0]));
        Assert.Equal([2L, 3, 4], axes.Select(axis => (long)axis![1]!));
        double[] steps = [0.5, 0.5, 0.1];
        double[] origins = [-1, 2, 100];
        Assert.All(axes.Index(), axis =>
        {
            Assert.Equal(steps[axis.Index], (double)axis.Item![2]!, 1e-9);
            Assert.Equal(origins[axis.Index], (double)axis.Item![3]!, 1e-9);
        });
        Assert.Equal(("m", "m", "eV"), (Units.Normalise((string?)axes[0]![4]).Base, Units.Normalise((string?)axes[1]![4]).Base, (string?)axes[2]![4]));
        if (extension == ".hspy")
        {
            Assert.Equal((300.0, "Si map"), ((double)found["energy"]!, (string?)found["title"]));
        }

        if (extension != ".emd")
        {
            Assert.Equal([true, true, false], axes.Select(axis => (bool)axis![5]!));
        }
    }

    [Theory]
    [InlineData(".hspy", "/Experiments/Si map/data", "H5T_STD_I32LE")]
    [InlineData(".nxs", "/entry/data/data", "H5T_STD_I32LE")]
    [InlineData(".emd", "/data/Si map/data", "H5T_STD_I32LE")]
    public async Task H5dump_finds_every_pixel(string extension, string dataset, string type)
    {
        var path = await WriteAsync(extension, SpectrumImage(PixelType.Int32));
        var dump = await Outside.RunAsync("h5dump", ["-d", dataset, "-y", "-w", "0", path], Ct);
        Assert.Contains(type, dump, StringComparison.Ordinal);
        var data = dump[(dump.IndexOf("DATA {", StringComparison.Ordinal) + "DATA {".Length)..];
        var values = data[..data.IndexOf('}', StringComparison.Ordinal)].Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
        Assert.Equal(24, values.Count);

        // EMD 0.2 has x first: its dimensions are ours backwards.
        Assert.Equal(extension == ".emd" ? [.. from e in Enumerable.Range(0, 4) from x in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 2) select (12 * y) + (4 * x) + e] : Enumerable.Range(0, 24), values);
    }

    [Theory]
    [InlineData(".hspy", "hspy")]
    [InlineData(".nxs", "nexus")]
    [InlineData(".emd", "emd")]
    public async Task What_is_written_is_read_back(string extension, string key)
    {
        foreach (var pixel in Enum.GetValues<PixelType>())
        {
            var signal = SpectrumImage(pixel);
            using var output = new MemoryStream();
            await Writer(extension).WriteAsync(signal, output, Ct);
            var file = new MemoryFile($"a{extension}", output.ToArray());
            var reader = await FormatCatalog.DetectAsync(file, Ct);
            Assert.Equal(key, reader.Format.Key);
            var back = (await reader.OpenAsync(file, Ct))[0];
            Assert.Equal(pixel, back.Header.Pixel);
            Assert.Equal(await Hdf5Files.ValuesAsync(signal, Ct), await Hdf5Files.ValuesAsync(back, Ct));
            Assert.Equal(signal.Header.Axes.Select(axis => (axis.Name, axis.Size, axis.Unit)), back.Header.Axes.Select(axis => (axis.Name, axis.Size, axis.Unit)));
            Assert.All(signal.Header.Axes.Zip(back.Header.Axes), pair => Assert.Equal((pair.First.At(1), pair.First.At(0)), (Math.Round(pair.Second.At(1), 12), Math.Round(pair.Second.At(0), 12))));
            Assert.Equal((300.0, SignalKind.SpectrumImage), (back.Header.Metadata.BeamEnergyKeV, back.Header.Kind));
        }
    }

    [Fact]
    public async Task Tilt_angles_that_are_not_equally_spaced_are_kept()
    {
        var axes = new Axis[] { new("tilt", 3, "deg", AxisRole.Tilt, Values: [-60, 0, 45]), new("y", 1, "nm", AxisRole.Space), new("x", 2, "nm", AxisRole.Space) };
        var header = new SignalHeader("tilts", SignalKind.TiltSeries, PixelType.UInt8, axes, AcquisitionMetadata.None, MetadataTree.Empty);
        foreach (var extension in (string[])[".hspy", ".nxs"])
        {
            using var output = new MemoryStream();
            await Writer(extension).WriteAsync(new ArraySignal(header, new byte[6]), output, Ct);
            var back = (await new Hdf5Reader().OpenAsync(new MemoryFile($"a{extension}", output.ToArray()), Ct))[0];
            Assert.Equal([-60.0, 0, 45], back.Header.Axes[0].Values!);
            Assert.Equal(SignalKind.TiltSeries, back.Header.Kind);
        }
    }

    private async Task<string> WriteAsync(string extension, ISignal signal)
    {
        var path = Path.Combine(folder, $"a{extension}");
        await using var output = File.Create(path);
        await Writer(extension).WriteAsync(signal, output, Ct);
        return path;
    }

    private static IFormatWriter Writer(string extension) => FormatCatalog.Writers.Single(writer => writer.Extension == extension && writer is HspyWriter or NexusWriter or EmdWriter);

    private static ArraySignal SpectrumImage(PixelType pixel)
    {
        var axes = new Axis[] { new("y", 2, "nm", AxisRole.Space, 0.5, -1), new("x", 3, "nm", AxisRole.Space, 0.5, 2), new("energy", 4, "eV", AxisRole.Energy, 0.1, 100) };
        var metadata = new AcquisitionMetadata { BeamEnergyKeV = 300, ExposureS = 0.5, AcquiredAt = "2024-05-06T07:08:09", Instrument = "Krios" };
        var original = new MetadataTree(new JsonObject { ["group"] = new JsonObject { ["a/b"] = "text", ["list"] = new JsonArray(1, 2), ["long"] = new string('x', 70_000) }, ["none"] = null });
        return new ArraySignal(new SignalHeader("Si map", SignalKind.SpectrumImage, pixel, axes, metadata, original), Pixels(pixel));
    }

    // 0 to 23 in every type; of a complex number or a colour the first part.
    private static byte[] Pixels(PixelType pixel) => [.. Enumerable.Range(0, 24).SelectMany(i => pixel switch
    {
        PixelType.Bool => [(byte)(i % 2)],
        PixelType.Float16 => BitConverter.GetBytes((Half)i),
        PixelType.Float32 or PixelType.Complex64 => BitConverter.GetBytes((float)i),
        PixelType.Float64 or PixelType.Complex128 => BitConverter.GetBytes((double)i),
        _ => BitConverter.GetBytes((long)i),
    } is var bytes ? bytes.Concat(new byte[16]).Take(pixel.Bytes()) : [])];
}
