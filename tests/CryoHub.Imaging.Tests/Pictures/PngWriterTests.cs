using System.Diagnostics;
using CryoHub.Imaging.Pictures;

namespace CryoHub.Imaging.Tests.Pictures;

public sealed class PngWriterTests
{
    /// <summary>An outside decoder (Python with imageio or scikit-image from Debian) must see the same bytes.</summary>
    [Theory]
    [InlineData(PngColour.Grey, 1, 1, 1)]
    [InlineData(PngColour.Grey, 1, 37, 5)]
    [InlineData(PngColour.Rgb, 3, 16, 9)]
    [InlineData(PngColour.Rgba, 4, 3, 64)]
    public async Task Another_program_reads_the_pixels_back(PngColour colour, int bytes, int width, int height)
    {
        var pixels = new byte[width * height * bytes];
        new Random(5).NextBytes(pixels);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");
        await File.WriteAllBytesAsync(path, PngWriter.Write(pixels, width, height, colour), TestContext.Current.CancellationToken);
        try
        {
            var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("import sys; from PIL import Image; i = Image.open(sys.argv[1]); print(i.width, i.height, i.tobytes().hex())");
            start.ArgumentList.Add(path);
            using var python = Process.Start(start)!;
            var answer = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Equal($"{width} {height} {Convert.ToHexStringLower(pixels)}", answer.Trim());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_wrong_number_of_pixels_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PngWriter.Write(new byte[7], 2, 4));
}
