using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Hdf5;

/// <summary>The files of data/make.py beside the tests.</summary>
internal static class Hdf5Files
{
    public static string PathOf(string name) => Path.Combine(SharedData.Root, "tests/CryoHub.Formats.Tests/Hdf5/data", name);

    public static FolderFile Open(string name) => new(PathOf(name));

    public static async Task<IReadOnlyDictionary<string, ISignal>> SignalsAsync(ISourceFile file, CancellationToken ct) =>
        (await new Hdf5Reader().OpenAsync(file, ct)).ToDictionary(signal => signal.Header.Name);

    public static async Task<string> ValuesAsync(ISignal signal, CancellationToken ct)
    {
        var header = signal.Header;
        var values = new List<string>();
        var frame = new byte[header.FrameBytes];
        for (var i = 0L; i < header.FrameCount; i++)
        {
            await signal.ReadFrameAsync(i, frame, ct);
            values.AddRange(frame.Chunk(header.Pixel.Bytes()).Select(bytes => header.Pixel.ToJson(bytes).ToJsonString()));
        }

        return string.Join(' ', values);
    }
}
