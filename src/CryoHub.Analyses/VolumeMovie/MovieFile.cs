using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using CryoHub.Imaging.Pictures;

namespace CryoHub.Analyses.VolumeMovie;

/// <summary>Keeps grey frames as a movie, by ffmpeg, or as PNG pictures in a ZIP archive.</summary>
internal static class MovieFile
{
    /// <summary>The program in the folders of PATH; <c>null</c> where it is not installed.</summary>
    public static string? Encoder => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "ffmpeg")).FirstOrDefault(File.Exists);

    /// <summary>Encodes 8-bit frames into <paramref name="path"/>; gives back the program's last words where it fails.</summary>
    public static async Task<string?> EncodeAsync(string encoder, IReadOnlyList<byte[]> frames, int width, int height, int rate, MovieFormat format, string path, CancellationToken ct)
    {
        string[] codec = format == MovieFormat.Mp4
            ? ["-c:v", "libx264", "-crf", "18", "-movflags", "+faststart", "-f", "mp4"]
            : ["-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0", "-f", "webm"];
        string[] input = ["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", $"{width}x{height}", "-r", rate.ToString(CultureInfo.InvariantCulture), "-i", "pipe:0"];
        var start = new ProcessStartInfo(encoder, [.. input, "-an", "-pix_fmt", "yuv420p", "-threads", "1", .. codec, path])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var program = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg did not start.");
        try
        {
            var words = program.StandardError.ReadToEndAsync(ct);
            await FeedAsync(program, frames, ct);
            await program.WaitForExitAsync(ct);
            return program.ExitCode == 0 ? null : (await words).Trim().Split('\n')[^1];
        }
        finally
        {
            if (!program.HasExited)
            {
                program.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Frames as frame-0001.png and so on.</summary>
    public static void Zip(IReadOnlyList<byte[]> frames, int width, int height, Stream output)
    {
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < frames.Count; i++)
            {
                using var entry = archive.CreateEntry($"frame-{i + 1:0000}.png", CompressionLevel.NoCompression).Open();
                entry.Write(PngWriter.Write(frames[i], width, height));
            }
        }

        output.Position = 0;
    }

    /// <summary>A program that ends early closes its pipe; why it did is among its words.</summary>
    private static async Task FeedAsync(Process program, IReadOnlyList<byte[]> frames, CancellationToken ct)
    {
        try
        {
            foreach (var frame in frames)
            {
                await program.StandardInput.BaseStream.WriteAsync(frame, ct);
            }

            program.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }
}
