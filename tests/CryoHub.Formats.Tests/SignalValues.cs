using System.Globalization;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests;

/// <summary>All pixels of a small signal as numbers, in C order.</summary>
internal static class SignalValues
{
    public static async Task<IReadOnlyList<double>> ValuesAsync(this ISignal signal)
    {
        List<double> values = [];
        var frame = new byte[signal.Header.FrameBytes];
        for (var i = 0L; i < signal.Header.FrameCount; i++)
        {
            await signal.ReadFrameAsync(i, frame, TestContext.Current.CancellationToken);
            values.AddRange(frame.Chunk(signal.Header.Pixel.Bytes()).Select(pixel => double.Parse(signal.Header.Pixel.ToJson(pixel).ToString(), CultureInfo.InvariantCulture)));
        }

        return values;
    }
}
