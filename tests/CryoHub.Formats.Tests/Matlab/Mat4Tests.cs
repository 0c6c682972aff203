using System.Buffers.Binary;
using System.Text;
using CryoHub.Formats.Matlab;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Matlab;

public sealed class Mat4Tests
{
    private const string Saved = """
        import sys, numpy as np, scipy.io
        scipy.io.savemat(sys.argv[1], {"grid": np.arange(6, dtype="i2").reshape(2, 3), "z": np.array([[1 + 2j, 3 - 4j]]), "note": "Li metal", "f": np.array([[0.5], [1.5]], "f4")}, format="4")
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_SciPy_is_read()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".mat");
        try
        {
            await Outside.PythonAsync(Saved, path, Ct);
            using var file = new FolderFile(path);
            var reader = await FormatCatalog.DetectAsync(file, Ct);
            Assert.Equal("matlab-4", reader.Format.Key);
            var signals = (await reader.OpenAsync(file, Ct)).ToDictionary(signal => signal.Header.Name);
            Assert.Equal([0, 1, 2, 3, 4, 5], await signals["grid"].ValuesAsync());
            Assert.Equal([2L, 3], signals["grid"].Header.Shape);
            Assert.Equal([0.5, 1.5], await signals["f"].ValuesAsync());
            Assert.Equal("""{"re":3,"im":-4}""", (await signals["z"].ValueAtAsync([0, 1], Ct))!.ToJsonString());
            Assert.Equal("Li metal", (string)signals["grid"].Header.Original.Find("note")!);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Written word by word from the specification.</summary>
    [Fact]
    public async Task Numbers_with_the_high_byte_first_are_read()
    {
        byte[] file = [.. Words(1030, 2, 2, 0, 2), .. "x\0"u8, 0, 1, 0, 2, 0xFF, 0xFF, 0, 4];
        var signal = Assert.Single(await new Mat4Reader().OpenAsync(new MemoryFile("x.mat", file), Ct));
        Assert.Equal((PixelType.Int16, "x"), (signal.Header.Pixel, signal.Header.Name));
        Assert.Equal([1, -1, 2, 4], await signal.ValuesAsync());
    }

    [Fact]
    public async Task An_array_that_promises_more_than_the_file_holds_is_refused()
    {
        byte[] file = [.. Words(1000, int.MaxValue, int.MaxValue, 1, 2), .. "x\0"u8, 0, 0];
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new Mat4Reader().OpenAsync(new MemoryFile("x.mat", file), Ct));
        Assert.Contains("2 are left", problem.Message, StringComparison.Ordinal);
    }

    private static byte[] Words(params int[] words)
    {
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
        }

        return bytes;
    }
}
