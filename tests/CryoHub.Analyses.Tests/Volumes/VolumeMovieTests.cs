using System.Diagnostics;
using System.IO.Compression;
using CryoHub.Analyses.VolumeMovie;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Volumes;

public sealed class VolumeMovieTests
{
    private static readonly VolumeMovie.VolumeMovie Movie = new();

    /// <summary>One bright voxel at the end of x, in the highest slice of a volume of 12 x 24 x 24 voxels of 2 nm.</summary>
    private static ArraySignal Spot()
    {
        var pixels = new float[12 * 24 * 24];
        pixels[(11 * 24 * 24) + (12 * 24) + 22] = 1000;
        return Run.Signal(SignalKind.Volume, pixels, new Axis("z", 12, "nm", AxisRole.Space, 2), new Axis("y", 24, "nm", AxisRole.Space, 2), new Axis("x", 24, "nm", AxisRole.Space, 2));
    }

    [Fact]
    public async Task A_turning_spot_stands_at_the_right_at_first_and_at_the_left_after_half_a_turn()
    {
        var results = await Run.Async(Movie, Spot(), new VolumeMovieParameters { Frames = 4, Size = 68, Clipped = 0, Format = MovieFormat.Png });

        var (header, first) = results.Images["First frame"];
        var brightest = Array.IndexOf(first, first.Max());
        // 68 pixels over the diagonal of 48 x 48 nm: one pixel is 0.998 nm; the spot's middle lies 21 nm right of the axis and in the top slice.
        Assert.Equal(34 + (21 / 0.998), brightest % header.Axes[1].Size, 1.5);
        Assert.InRange(brightest / header.Axes[1].Size, 0, 1);
        using var zip = new ZipArchive(new MemoryStream(results.Files["frames.zip"]));
        Assert.Equal(["frame-0001.png", "frame-0002.png", "frame-0003.png", "frame-0004.png"], zip.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public async Task A_flight_through_few_slices_has_a_frame_for_each_and_slabs_are_averaged()
    {
        var results = await Run.Async(Movie, Spot(), new VolumeMovieParameters { Kind = MovieKind.SlicesX, Maximum = false, Slab = 47, Size = 64, Frames = 100, Format = MovieFormat.Png });

        Assert.Equal(24, results.Numbers["Frames"].Value);
        Assert.Equal(1, results.Numbers["Duration"].Value); // at 24 frames a second
        Assert.Equal(1000 / 24f, results.Images["First frame"].Pixels.Max(), 1e-3); // 23 sections each side of the first, cut at the border: all 24
    }

    [Theory]
    [InlineData(MovieFormat.Mp4, "movie.mp4", "h264")]
    [InlineData(MovieFormat.WebM, "movie.webm", "vp9")]
    public async Task The_movie_is_what_ffprobe_reads_back(MovieFormat format, string name, string codec)
    {
        var results = await Run.Async(Movie, Spot(), new VolumeMovieParameters { Frames = 6, FramesPerSecond = 12, Size = 128, Format = format });

        Assert.Empty(results.Warnings);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, results.Files[name], TestContext.Current.CancellationToken);
            string[] question = ["-v", "error", "-count_frames", "-show_entries", "stream=codec_name,width,height,nb_read_frames,r_frame_rate", "-of", "csv=p=0", path];
            using var probe = Process.Start(new ProcessStartInfo("ffprobe", question) { RedirectStandardOutput = true })!;
            var told = await probe.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Equal($"{codec},128,46,12/1,6", told.Trim()); // 24 nm over 128 pixels of 67.9 nm: 45.3 rows, made even
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Frames_do_not_depend_on_the_number_of_threads()
    {
        var parameters = new VolumeMovieParameters { Frames = 5, Size = 64, Format = MovieFormat.Png };

        var (one, two) = (await Run.Async(Movie, Spot(), parameters, threads: 1), await Run.Async(Movie, Spot(), parameters, threads: 2));

        Assert.Equal(Pictures(one), Pictures(two));
    }

    [Fact]
    public async Task A_single_picture_is_refused_in_words()
    {
        var image = Run.Signal(SignalKind.ImageStack, new float[16], new Axis("y", 4, "nm", AxisRole.Space), new Axis("x", 4, "nm", AxisRole.Space));

        Assert.Contains("one picture of 4 x 4", await Run.ProblemAsync(Movie, image, new VolumeMovieParameters()), StringComparison.Ordinal);
    }

    private static List<byte[]> Pictures(CollectedResults results)
    {
        using var zip = new ZipArchive(new MemoryStream(results.Files["frames.zip"]));
        return [.. zip.Entries.Select(entry =>
        {
            using var copy = new MemoryStream();
            using var picture = entry.Open();
            picture.CopyTo(copy);
            return copy.ToArray();
        })];
    }
}
