using System.Buffers.Binary;
using CryoHub.Formats.Igor;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Igor;

public sealed class IgorLayoutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0x10, PixelType.Int16)]
    [InlineData(0x50, PixelType.UInt16)]
    [InlineData(0x20, PixelType.Int32)]
    [InlineData(2, PixelType.Float32)]
    [InlineData(4, PixelType.Float64)]
    public async Task The_first_dimension_runs_fastest(int type, PixelType pixel)
    {
        var signal = (await OpenAsync(Wave(type, [3, 2], pixel)))[0];
        Assert.Equal(pixel, signal.Header.Pixel);
        Assert.Equal([3, 2], signal.Header.Shape);
        Assert.Equal("4", (await signal.ValueAtAsync([1, 1], Token)).ToString());      // point 1 + 3 x 1
        Assert.Equal("2", (await signal.ValueAtAsync([2, 0], Token)).ToString());
        Assert.Equal(("nm", 0.5, 10.0), (signal.Header.Axes[0].Unit, signal.Header.Axes[0].Step, signal.Header.Axes[0].Origin));
    }

    [Fact]
    public async Task Layers_are_images_too_under_their_labels()
    {
        var signals = await OpenAsync(Wave(4, [3, 2, 2], PixelType.Float64, ["Height", "Phase"]));
        Assert.Equal([3, 2, 2], signals[0].Header.Shape);
        Assert.Equal("11", (await signals[0].ValueAtAsync([2, 1, 1], Token)).ToString());
        Assert.Equal("1", (await signals[0].ValueAtAsync([1, 0, 0], Token)).ToString());
        Assert.Equal(["Height", "Phase"], signals.Skip(1).Select(signal => signal.Header.Name));
        Assert.Equal([2, 3], signals[2].Header.Shape);
        Assert.Equal("11", (await signals[2].ValueAtAsync([1, 2], Token)).ToString());
    }

    [Fact]
    public async Task A_wave_that_promises_more_points_than_its_file_is_refused()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(Wave(4, [3, 2], PixelType.Float64)[..^8]));
        Assert.Contains("40 bytes", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The waves that the reference lists in record_types: eight, of two experiments' folders.</summary>
    [Fact]
    public async Task An_experiment_gives_its_waves_and_texts()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("afm/polar-graphs-demo.pxp"));
        var signals = await new IgorReader().OpenAsync(file, Token);
        Assert.Equal(8, signals.Count(signal => signal.Header.Kind != SignalKind.Document));
        Assert.Superset(new HashSet<string> { "radiusData", "angleData", "W_plrX5", "W_plrY5" }, signals.Select(signal => signal.Header.Name).ToHashSet());
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(byte[] file) => new IgorReader().OpenAsync(new MemoryFile("x.ibw", file), Token);

    /// <summary>Version 5, big endian, points 0, 1, 2 ... in the order of the file.</summary>
    private static byte[] Wave(int type, int[] dimensions, PixelType pixel, params string[] labels)
    {
        var points = dimensions.Aggregate(1, (product, size) => product * size);
        var file = new byte[384 + (points * pixel.Bytes()) + (labels.Length > 0 ? 32 * (labels.Length + 1) : 0)];
        BinaryPrimitives.WriteInt16BigEndian(file, 5);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), 320 + (points * pixel.Bytes()));
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(44), labels.Length > 0 ? 32 * (labels.Length + 1) : 0);     // labels of the third dimension
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(64 + 12), points);
        BinaryPrimitives.WriteInt16BigEndian(file.AsSpan(64 + 16), (short)type);
        "wave"u8.CopyTo(file.AsSpan(64 + 28));
        for (var i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(64 + 68 + (4 * i)), dimensions[i]);
        }

        BinaryPrimitives.WriteDoubleBigEndian(file.AsSpan(64 + 84), 0.5);
        BinaryPrimitives.WriteDoubleBigEndian(file.AsSpan(64 + 116), 10);
        "nm"u8.CopyTo(file.AsSpan(64 + 152));
        for (var i = 0; i < points; i++)
        {
            var to = file.AsSpan(384 + (i * pixel.Bytes()));
            switch (pixel)
            {
                case PixelType.Float32: BinaryPrimitives.WriteSingleBigEndian(to, i); break;
                case PixelType.Float64: BinaryPrimitives.WriteDoubleBigEndian(to, i); break;
                case PixelType.Int32: BinaryPrimitives.WriteInt32BigEndian(to, i); break;
                default: BinaryPrimitives.WriteInt16BigEndian(to, (short)i); break;
            }
        }

        for (var i = 0; i < labels.Length; i++)
        {
            System.Text.Encoding.Latin1.GetBytes(labels[i]).CopyTo(file.AsSpan(384 + (points * pixel.Bytes()) + (32 * (i + 1))));
        }

        return file;
    }
}
