using System.Text;
using CryoHub.Formats.Tests.Contract;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Jpeg;

/// <summary>The two photos were made and read back by Pillow 9.4: even grey of 128, and even (199, 102, 51), 9 x 5 pixels.</summary>
public sealed class JpegReaderTests
{
    private const string Grey =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAFAAkBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQ"
        + "AQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AD//Z";

    private const string Progressive =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSk"
        + "pKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wgARCAAFAAkDAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAH/xAAVAQEBAAAAAAAAAAAAAAAAAAAAA//aAAwDAQACEAMQAAABkbj/xAAUEAEAAAAAAAAAAAAAAAAA"
        + "AAAQ/9oACAEBAAEFAj//xAAUEQEAAAAAAAAAAAAAAAAAAAAQ/9oACAEDAQE/AT//xAAUEQEAAAAAAAAAAAAAAAAAAAAQ/9oACAECAQE/AT//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAY/Aj//xAAUEAEAAAAAAAAAAAAA"
        + "AAAAAAAQ/9oACAEBAAE/IT//2gAMAwEAAgADAAAAELf/xAAUEQEAAAAAAAAAAAAAAAAAAAAQ/9oACAEDAQE/ED//xAAUEQEAAAAAAAAAAAAAAAAAAAAQ/9oACAECAQE/ED//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAE/"
        + "ED//2Q==";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Grey, PixelType.UInt8, "128")]
    [InlineData(Progressive, PixelType.Rgb8, "[199,102,51]")]
    public async Task Pixels_are_those_of_the_reference_library(string photo, PixelType pixel, string value)
    {
        var signal = await OpenAsync(Convert.FromBase64String(photo));
        Assert.Equal(SignalKind.Photo, signal.Header.Kind);
        Assert.Equal(pixel, signal.Header.Pixel);
        Assert.Equal([5, 9], signal.Header.Shape);
        Assert.All(signal.Header.Axes, axis => Assert.False(axis.IsCalibrated));
        Assert.Equal(value, (await signal.ValueAtAsync([0, 0], Token)).ToJsonString());
        Assert.Equal(value, (await signal.ValueAtAsync([4, 8], Token)).ToJsonString());
    }

    [Fact]
    public async Task The_camera_s_words_are_kept()
    {
        // A TIFF directory of three tags: make, model, and where the camera's own directory is, with date and 1/50 s.
        byte[] tiff =
        [
            .. "MM\0*"u8, 0, 0, 0, 8, 0, 3,
            1, 15, 0, 2, 0, 0, 0, 4, .. "ACo\0"u8, 1, 16, 0, 2, 0, 0, 0, 3, .. "X1\0\0"u8, 135, 105, 0, 4, 0, 0, 0, 1, 0, 0, 0, 50, 0, 0, 0, 0,
            0, 2, 144, 3, 0, 2, 0, 0, 0, 20, 0, 0, 0, 80, 130, 154, 0, 5, 0, 0, 0, 1, 0, 0, 0, 100, 0, 0, 0, 0,
            .. "2024:02:29 12:34:56\0"u8, 0, 0, 0, 1, 0, 0, 0, 50,
        ];
        var metadata = (await OpenAsync(WithSegment(0xE1, [.. "Exif\0\0"u8, .. tiff]))).Header.Metadata;
        Assert.Equal("ACo X1", metadata.Instrument);
        Assert.Equal("2024-02-29T12:34:56", metadata.AcquiredAt);
        Assert.Equal(0.02, metadata.ExposureS);
    }

    [Fact]
    public async Task A_damaged_directory_costs_its_words_only()
    {
        var header = (await OpenAsync(WithSegment(0xE1, [.. "Exif\0\0II*\0"u8, 255, 255, 255, 255]))).Header;
        Assert.Contains("byte 4294967295", header.Original.Find("Exif", "damaged")!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_are_kept() =>
        Assert.Equal("half cell", (await OpenAsync(WithSegment(0xFE, Encoding.UTF8.GetBytes("half cell")))).Header.Original.Find("JPEG", "Comment")!.ToString());

    [Fact]
    public async Task Cut_damaged_and_boastful_photos_are_refused_or_read()
    {
        foreach (var photo in (string[])[Grey, Progressive])
        {
            var file = Convert.FromBase64String(photo);
            for (var cut = 1; cut < file.Length; cut++)
            {
                await Hostile.TryAsync(new MemoryFile("x.jpg", file.AsMemory(0, cut)), $"cut at {cut}");
            }

            var random = new Random(5);
            for (var round = 0; round < 500; round++)
            {
                var damaged = file.ToArray();
                damaged[random.Next(2, damaged.Length)] = (byte)random.Next(256);
                await Hostile.TryAsync(new MemoryFile("x.jpg", damaged), $"round {round}");
            }
        }

        var boast = Convert.FromBase64String(Grey);
        var sizes = boast.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5;
        boast.AsSpan(sizes, 4).Fill(0xF0);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(boast));
        Assert.Contains("61680 x 61680 pixels", problem.Message, StringComparison.Ordinal);
    }

    private static byte[] WithSegment(byte marker, byte[] content)
    {
        var photo = Convert.FromBase64String(Grey);
        return [0xFF, 0xD8, 0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content, .. photo.AsSpan(2)];
    }

    private static async Task<ISignal> OpenAsync(byte[] file)
    {
        var source = new MemoryFile("x.jpg", file);
        return Assert.Single(await (await FormatCatalog.DetectAsync(source, Token)).OpenAsync(source, Token));
    }
}
