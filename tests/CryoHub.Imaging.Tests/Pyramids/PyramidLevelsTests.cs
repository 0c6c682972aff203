using System.Security.Cryptography;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Imaging.Tests.Pyramids;

/// <summary>Case V02: known pictures in every pixel type, read back at every level by the viewer's library and, at level 0, by the analyses' reader.</summary>
public sealed class PyramidLevelsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cryohub-pyramid");

    public static TheoryData<PixelType> RealTypes => [.. Specimen.RealTypes];

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(RealTypes))]
    public Task A_ramp_keeps_its_values_through_every_level_of_a_picture(PixelType pixel) =>
        ExpectEveryLevelAsync(Specimen.Header(SignalKind.Image, pixel, 515, 131), Specimen.Ramp);

    [Theory]
    [MemberData(nameof(RealTypes))]
    public Task A_checkerboard_keeps_its_values_through_every_level_of_a_volume(PixelType pixel) =>
        ExpectEveryLevelAsync(Specimen.Header(SignalKind.Volume, pixel, 67, 7, 261), pixel == PixelType.Bool ? (_, z, y, x, _) => (z + y + x) & 1 : Specimen.Checkerboard);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(255, 255)]
    [InlineData(256, 256)]
    [InlineData(257, 257)]
    [InlineData(1, 1025)]
    [InlineData(513, 2)]
    public Task Edge_sizes_keep_their_values_at_every_level(int rows, int columns) =>
        ExpectEveryLevelAsync(Specimen.Header(SignalKind.ImageStack, PixelType.Int16, 3, rows, columns), Specimen.Ramp);

    [Fact]
    public async Task Not_a_number_does_not_spread_and_infinities_and_the_smallest_and_largest_numbers_survive()
    {
        double[] odd = [double.NaN, 1, 2, double.PositiveInfinity, double.Epsilon, float.Epsilon, 1.7e308, 1.6e308, double.NegativeInfinity];
        var random = new Random(3);
        foreach (var pixel in (PixelType[])[PixelType.Float16, PixelType.Float32, PixelType.Float64])
        {
            var header = Specimen.Header(SignalKind.Image, pixel, 300, 300);
            var pixels = Enumerable.Range(0, 300 * 300).SelectMany(_ => Specimen.EncodeFloat(pixel, random.Next(3) == 0 ? odd[random.Next(odd.Length)] : random.Next(1000)));
            await ExpectEveryLevelAsync(header, [.. pixels], pixel.Name());
        }
    }

    [Fact]
    public async Task A_box_of_nothing_but_not_a_number_stays_not_a_number()
    {
        var header = Specimen.Header(SignalKind.Image, PixelType.Float32, 400, 400);
        await ExpectEveryLevelAsync(header, [.. Enumerable.Repeat(BitConverter.GetBytes(float.NaN), 160_000).SelectMany(value => value)], "nan");
    }

    [Fact]
    public async Task Labels_are_picked_not_averaged()
    {
        var header = Specimen.Header(SignalKind.Volume, PixelType.UInt16, 4, 300, 300);
        var labels = Specimen.Pixels(header, (_, _, _, x, _) => x % 2 == 0 ? 7 : 9000);
        var writer = new VolumeWriter(header, new ZarrFolder(folder.FullName), labels: true);
        await writer.WriteSlabAsync(0, labels, TestContext.Current.CancellationToken);
        await writer.FinishAsync(TestContext.Current.CancellationToken);
        var seen = await Zarrita.ReadAsync(folder.FullName, "1");
        Assert.Equal(Hash([.. Enumerable.Repeat(BitConverter.GetBytes((ushort)7), 2 * 150 * 150).SelectMany(value => value)]), seen[0].Sha256);
    }

    private Task ExpectEveryLevelAsync(SignalHeader header, Func<PixelType, long, long, long, int, decimal> pattern) =>
        ExpectEveryLevelAsync(header, Specimen.Pixels(header, pattern), "");

    private async Task ExpectEveryLevelAsync(SignalHeader header, byte[] pixels, string below)
    {
        var ct = TestContext.Current.CancellationToken;
        var root = Path.Combine(folder.FullName, below);
        await PyramidWriter.WriteAsync(new ArraySignal(header, pixels), new ZarrFolder(root), null, ct);

        List<(long[] Shape, byte[] Pixels)> expected = [([.. header.Shape], pixels)];
        while (expected[^1].Shape[^1] > 256 || expected[^1].Shape[^2] > 256)
        {
            expected.Add(Specimen.Halve(header.Pixel, expected[^1].Shape, expected[^1].Pixels, header.Kind == SignalKind.Volume));
        }

        var seen = await Zarrita.ReadAsync(root, [.. Enumerable.Range(0, expected.Count).Select(level => $"{level}")]);
        Assert.Equal(expected.Select((level, i) => $"{i}: {string.Join('x', level.Shape)} {Hash(level.Pixels)}"), seen.Select(level => $"{level.Path}: {string.Join('x', level.Shape.Take(header.Axes.Count))} {level.Sha256}"));
        Assert.False(Directory.Exists(Path.Combine(root, $"{expected.Count}")));

        using var source = new ZarrFolder(root);
        var read = await ZarrSignal.OpenAsync(source, null, ct);
        var frame = new byte[header.FrameBytes];
        for (var i = 0L; i < header.FrameCount; i++)
        {
            await read.ReadFrameAsync(i, frame, ct);
            Assert.True(frame.AsSpan().SequenceEqual(pixels.AsSpan((int)(i * frame.Length), frame.Length)), $"Frame {i} differs.");
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
