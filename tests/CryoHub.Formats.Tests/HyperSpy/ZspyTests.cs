using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using CryoHub.Formats.HyperSpy;
using CryoHub.Formats.Tests.Hdf5;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.HyperSpy;

public sealed class ZspyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>5 x 7 values in chunks of 2 x 3, as zarr's specification lays them out: edge chunks are whole, an absent chunk has the fill value.</summary>
    [Theory]
    [InlineData("\"C\"", "null", "<i4")]
    [InlineData("\"F\"", "null", "<i4")]
    [InlineData("\"C\"", "{\"id\":\"zlib\",\"level\":1}", ">i4")]
    [InlineData("\"C\"", "{\"id\":\"gzip\",\"level\":1}", "<i4")]
    [InlineData("\"C\"", "{\"id\":\"zstd\",\"level\":1}", "<i4")]
    public async Task Chunks_of_either_order_and_byte_order_are_put_together(string order, string codec, string type)
    {
        var file = Store(zip =>
        {
            Put(zip, "Experiments/s/data/.zarray", $$"""{"zarr_format":2,"shape":[5,7],"chunks":[2,3],"dtype":"{{type}}","order":{{order}},"compressor":{{codec}},"fill_value":-1,"filters":null}""");
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < 3; column++)
                {
                    if ((row, column) != (1, 1))
                    {
                        Put(zip, $"Experiments/s/data/{row}.{column}", Packed(Chunk(row, column, order == "\"F\"", type[0] == '>'), codec));
                    }
                }
            }
        });
        var signal = Assert.Single(await new ZspyReader().OpenAsync(file, Ct));
        var expected = from y in Enumerable.Range(0, 5) from x in Enumerable.Range(0, 7) select y / 2 == 1 && x / 3 == 1 ? -1 : (100 * y) + x;
        Assert.Equal(string.Join(' ', expected), await Hdf5Files.ValuesAsync(signal, Ct));
    }

    [Fact]
    public async Task Axes_and_metadata_are_those_written_last()
    {
        var file = Store(zip =>
        {
            Put(zip, "Experiments/s/data/.zarray", """{"zarr_format":2,"shape":[2,3],"chunks":[2,3],"dtype":"|u1","order":"C","compressor":null,"fill_value":0,"filters":null}""");
            Put(zip, "Experiments/s/data/0.0", [0, 1, 2, 3, 4, 5]);
            Put(zip, "Experiments/s/axis-0/.zattrs", """{"name":"Energy","navigate":false}""");
            Put(zip, "Experiments/s/axis-0/.zattrs", """{"name":"Energy","navigate":false,"scale":0.5,"offset":-1,"units":"eV"}""");
            Put(zip, "Experiments/s/axis-1/.zattrs", """{"name":"x","navigate":true,"scale":2,"offset":0,"units":"nm"}""");
            Put(zip, "Experiments/s/metadata/Signal/.zattrs", """{"signal_type":"EELS"}""");
            Put(zip, "Experiments/s/metadata/General/.zattrs", """{"title":"line","_list_2_authors":{"0":"a","1":"b"}}""");
        });
        var signal = Assert.Single(await new ZspyReader().OpenAsync(file, Ct));
        Assert.Equal(("line", SignalKind.SpectrumLine), (signal.Header.Name, signal.Header.Kind));
        Assert.Equal([("x", 3L, 2.0, 0.0, "nm"), ("Energy", 2L, 0.5, -1.0, "eV")], signal.Header.Axes.Select(axis => (axis.Name, axis.Size, axis.Step, axis.Origin, axis.Unit)));
        Assert.Equal("0 3 1 4 2 5", await Hdf5Files.ValuesAsync(signal, Ct));
        Assert.Equal("[\"a\",\"b\"]", signal.Header.Original.Find("metadata", "General", "authors")!.ToJsonString());
    }

    /// <summary>HyperSpy writes a folder by default; what people upload is that folder, zipped by their file manager.</summary>
    [Fact]
    public async Task A_zipped_folder_is_read_whatever_it_is_called()
    {
        var file = Store(zip =>
        {
            zip.CreateEntry("scan 1.zspy/");
            Put(zip, "scan 1.zspy/Experiments/s/data/.zarray", """{"zarr_format":2,"shape":[2,3],"chunks":[2,3],"dtype":"|u1","order":"C","compressor":null,"fill_value":0,"filters":null}""");
            Put(zip, "scan 1.zspy/Experiments/s/data/0.0", [0, 1, 2, 3, 4, 5]);
            Put(zip, "scan 1.zspy/Experiments/s/axis-1/.zattrs", """{"name":"x","navigate":false,"scale":2,"offset":0,"units":"nm"}""");
        }, "scan 1.zip");
        Assert.IsType<ZspyReader>(await FormatCatalog.DetectAsync(file, Ct));
        var signal = Assert.Single(await new ZspyReader().OpenAsync(file, Ct));
        Assert.Equal("s", signal.Header.Name);
        Assert.Equal(2, signal.Header.Axes[^1].Step);
        Assert.Equal("0 1 2 3 4 5", await Hdf5Files.ValuesAsync(signal, Ct));
    }

    [Fact]
    public async Task What_an_array_promises_is_compared_with_what_the_file_stores()
    {
        var file = Store(zip =>
        {
            Put(zip, "Experiments/s/data/.zarray", """{"zarr_format":2,"shape":[1000000,1000000],"chunks":[10,10],"dtype":"<f8","order":"C","compressor":null,"fill_value":0,"filters":null}""");
            Put(zip, "Experiments/s/data/0.0", new byte[800]);
        });
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new ZspyReader().OpenAsync(file, Ct));
        Assert.Contains("promises 1000000 x 1000000 values", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The file's name says 10 x 10; rosettasciio's test that owns it fills it with np.arange(100).</summary>
    [Fact]
    public async Task A_file_of_HyperSpy_is_read()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("zspy/signal1d_10x10-ZipStore.zspy"));
        var signal = Assert.Single(await new ZspyReader().OpenAsync(file, Ct));
        Assert.Equal([10L, 10], signal.Header.Shape);
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 100)), await Hdf5Files.ValuesAsync(signal, Ct));
    }

    private static byte[] Chunk(int row, int column, bool fortran, bool bigEndian)
    {
        var values = new int[6];
        for (var y = 0; y < 2; y++)
        {
            for (var x = 0; x < 3; x++)
            {
                values[fortran ? (x * 2) + y : (y * 3) + x] = (100 * ((2 * row) + y)) + (3 * column) + x;
            }
        }

        return bigEndian ? [.. values.SelectMany(value => BitConverter.GetBytes(value).Reverse())] : MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private static byte[] Packed(byte[] plain, string codec)
    {
        if (codec == "null")
        {
            return plain;
        }

        if (codec.Contains("zstd", StringComparison.Ordinal))
        {
            return ZstdBytes.Frame(plain);
        }

        using var packed = new MemoryStream();
        using (Stream packer = codec.Contains("zlib", StringComparison.Ordinal) ? new ZLibStream(packed, CompressionLevel.Fastest) : new GZipStream(packed, CompressionLevel.Fastest))
        {
            packer.Write(plain);
        }

        return packed.ToArray();
    }

    private static MemoryFile Store(Action<ZipArchive> fill, string name = "a.zspy")
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, true))
        {
            fill(zip);
        }

        return new MemoryFile(name, bytes.ToArray());
    }

    private static void Put(ZipArchive zip, string name, string text) => Put(zip, name, Encoding.UTF8.GetBytes(text));

    private static void Put(ZipArchive zip, string name, byte[] bytes)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
