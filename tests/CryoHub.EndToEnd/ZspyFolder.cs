namespace CryoHub.EndToEnd;

/// <summary>A picture of 64 x 64 bytes as HyperSpy writes it into a folder: 256 chunks of 4 x 4, plain.</summary>
internal static class ZspyFolder
{
    private const int Chunks = 16;
    private const int Side = 4;

    public static DirectoryInfo Make(DirectoryInfo above, string name)
    {
        var folder = above.CreateSubdirectory(name);
        Put(folder, ".zgroup", """{"zarr_format":2}"""u8.ToArray());
        Put(folder, "Experiments/.zgroup", """{"zarr_format":2}"""u8.ToArray());
        var array = """{"zarr_format":2,"shape":[64,64],"chunks":[4,4],"dtype":"|u1","order":"C","compressor":null,"fill_value":0,"filters":null}"""u8;
        Put(folder, "Experiments/scan/data/.zarray", array.ToArray());
        Put(folder, "Experiments/scan/axis-0/.zattrs", """{"name":"y","navigate":false,"scale":2,"offset":0,"units":"nm"}"""u8.ToArray());
        Put(folder, "Experiments/scan/axis-1/.zattrs", """{"name":"x","navigate":false,"scale":2,"offset":0,"units":"nm"}"""u8.ToArray());
        for (var row = 0; row < Chunks; row++)
        {
            for (var column = 0; column < Chunks; column++)
            {
                Put(folder, $"Experiments/scan/data/{row}.{column}", [.. Enumerable.Repeat((byte)((row * Chunks) + column), Side * Side)]);
            }
        }

        return folder;
    }

    private static void Put(DirectoryInfo folder, string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
