using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CryoHub.Formats.Jpk;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Jpk;

/// <summary>Maps written by the test as the layout of the archive is described: index/N/ as the root of a single curve, the grid in header.properties.</summary>
public sealed class JpkMapTests
{
    private const string Grid = "type=force-scan-map\nforce-scan-map.indexes.min=0\nforce-scan-map.position-pattern.grid.ilength=3\nforce-scan-map.position-pattern.grid.jlength=2\n"
        + "force-scan-map.position-pattern.grid.ulength=6.0E-6\nforce-scan-map.position-pattern.grid.vlength=1.0E-6\n";

    private const string Shared = "lcd-info.4.type=short-data\nlcd-info.4.encoder.type=signedshort\nlcd-info.4.encoder.scaling.offset=1.0\nlcd-info.4.encoder.scaling.multiplier=0.5\n"
        + "lcd-info.4.encoder.scaling.unit.unit=V\nlcd-info.4.conversion-set.conversions.base=volts\nlcd-info.4.conversion-set.conversions.default=distance\n"
        + "lcd-info.4.conversion-set.conversion.distance.defined=true\nlcd-info.4.conversion-set.conversion.distance.base-calibration-slot=volts\n"
        + "lcd-info.4.conversion-set.conversion.distance.scaling.multiplier=2.0\nlcd-info.4.conversion-set.conversion.distance.scaling.unit.unit=m\n"
        + "force-segment-header-info.0.settings.segment-settings.style=extend\n";

    private const string Segment = "force-segment-header.force-segment-header-info.*=0\nforce-segment-header.time-stamp=2026-03-31 17\\:51\\:14.543 +0200\n"
        + "channels.list=vDeflection\nchannel.vDeflection.lcd-info.*=4\nchannel.vDeflection.data.file.name=channels/vDeflection.dat\n";

    /// <summary>A map of six curves, whole.</summary>
    public static byte[] Small => Packed(zip =>
    {
        Put(zip, "header.properties", Grid);
        Put(zip, "shared-data/header.properties", Shared);
        for (var curve = 0; curve < 6; curve++)
        {
            Put(zip, $"index/{curve}/segments/0/segment-header.properties", Segment);
            Put(zip, $"index/{curve}/segments/0/channels/vDeflection.dat", Shorts([1, 2]));
        }
    });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Curve n stores 10 n and 10 n + 1; a value is 2 (1 + stored / 2) = 2 + stored. Curve 1 is one point short, curve 5 was never measured.</summary>
    [Theory]
    [InlineData("", "2 3 12 NaN 22 23 32 33 42 43 NaN NaN")]
    [InlineData("force-scan-map.position-pattern.back-and-forth=true\n", "2 3 12 NaN 22 23 NaN NaN 42 43 32 33")]
    public async Task Curves_stand_on_their_grid(string order, string expected)
    {
        var file = Map("a.jpk-force-map", zip =>
        {
            Put(zip, "header.properties", Grid + order);
            Put(zip, "shared-data/header.properties", Shared);
            for (var curve = 0; curve < 5; curve++)
            {
                Put(zip, $"index/{curve}/segments/0/segment-header.properties", Segment);
                Put(zip, $"index/{curve}/segments/0/channels/vDeflection.dat", Shorts(curve == 1 ? [10] : [(short)(10 * curve), (short)((10 * curve) + 1)]));
            }
        });
        var signal = Assert.Single(await new JpkReader().OpenAsync(file, Ct));
        Assert.Equal(("segment 0 extend, vDeflection", SignalKind.SpectrumImage, "m"), (signal.Header.Name, signal.Header.Kind, signal.Header.ValueUnit));
        Assert.Equal([("y", 2L, 0.5e-6, "m"), ("x", 3L, 2e-6, "m"), ("sample", 2L, 1.0, "")], signal.Header.Axes.Select(axis => (axis.Name, axis.Size, axis.Step, axis.Unit)));
        Assert.Equal("2026-03-31T17:51:14", signal.Header.Metadata.AcquiredAt);
        Assert.Equal(expected, string.Join(' ', await signal.ValuesAsync()));
    }

    /// <summary>Before files shared their descriptions every segment had its own: each curve is decoded by its own encoder.</summary>
    [Fact]
    public async Task Older_maps_describe_every_curve_by_itself()
    {
        var file = Map("a.jpk-qi-data", zip =>
        {
            Put(zip, "header.properties", Grid.Replace("ilength=3", "ilength=2", StringComparison.Ordinal).Replace("jlength=2", "jlength=1", StringComparison.Ordinal));
            for (var curve = 0; curve < 2; curve++)
            {
                Put(zip, $"index/{curve}/segments/0/segment-header.properties",
                    $"channels.list=height\nchannel.height.data.type=short\nchannel.height.data.encoder.type=unsignedshort\nchannel.height.data.encoder.scaling.offset={curve}\nchannel.height.data.encoder.scaling.multiplier=1\n");
                Put(zip, $"index/{curve}/segments/0/channels/height.dat", Shorts([7, 8]));
            }
        });
        Assert.Equal([7.0, 8, 8, 9], await Assert.Single(await new JpkReader().OpenAsync(file, Ct)).ValuesAsync());
    }

    /// <summary>A real curve as the only point of a map has the values that it has by itself.</summary>
    [Theory]
    [InlineData("afm/fmt-jpk-sr_cell1-0008.jpk-force")]
    [InlineData("afm/fmt-jpk-fd_spot3-0192.jpk-force")]
    public async Task A_real_curve_keeps_its_values_in_a_map(string path)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var single = new FolderFile(SharedData.PathOf(path));
        var segments = await new JpkReader().OpenAsync(single, Ct);
        using var archive = ZipFile.OpenRead(SharedData.PathOf(path));
        var file = Map("a.jpk-force-map", zip =>
        {
            foreach (var entry in archive.Entries.Where(entry => entry.Length > 0))
            {
                using var content = new MemoryStream();
                using (var stream = entry.Open())
                {
                    stream.CopyTo(content);
                }

                var isHead = entry.FullName == "header.properties";
                Put(zip, entry.FullName.StartsWith("segments/", StringComparison.Ordinal) ? $"index/0/{entry.FullName}" : entry.FullName,
                    isHead ? Encoding.ASCII.GetBytes(Grid.Replace("ilength=3", "ilength=1", StringComparison.Ordinal).Replace("jlength=2", "jlength=1", StringComparison.Ordinal)) : content.ToArray());
            }
        });
        var signals = await new JpkReader().OpenAsync(file, Ct);
        Assert.Equal(segments.Sum(segment => segment.Header.Columns!.Count), signals.Count);
        var channel = 0;
        foreach (var segment in segments)
        {
            var rows = await segment.ValuesAsync();
            for (var column = 0; column < segment.Header.Columns!.Count; column++, channel++)
            {
                Assert.Equal($"{segment.Header.Name}, {segment.Header.Columns[column].Name}", signals[channel].Header.Name);
                Assert.Equal(segment.Header.Columns[column].Unit, signals[channel].Header.ValueUnit);
                Assert.Equal(rows.Where((_, i) => i % segment.Header.Columns.Count == column), await signals[channel].ValuesAsync());
            }
        }
    }

    [Fact]
    public async Task A_grid_far_beyond_its_curves_is_refused_in_words()
    {
        var file = Map("a.jpk-force-map", zip =>
        {
            Put(zip, "header.properties", Grid.Replace("ilength=3", "ilength=65536", StringComparison.Ordinal));
            Put(zip, "index/0/segments/0/segment-header.properties", Segment);
        });
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new JpkReader().OpenAsync(file, Ct));
        Assert.Contains("states a grid of 65536 x 2 curves and holds 1", problem.Message, StringComparison.Ordinal);
    }

    private static byte[] Shorts(short[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(2 * i), values[i]);
        }

        return bytes;
    }

    private static MemoryFile Map(string name, Action<ZipArchive> fill) => new(name, Packed(fill));

    private static byte[] Packed(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, true))
        {
            fill(zip);
        }

        return bytes.ToArray();
    }

    private static void Put(ZipArchive zip, string name, string text) => Put(zip, name, Encoding.Latin1.GetBytes(text));

    private static void Put(ZipArchive zip, string name, byte[] bytes)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(bytes);
    }
}
