using System.Diagnostics;
using System.Text;

namespace CryoHub.EndToEnd;

/// <summary>What a phone's camera sees that is held over a printed page: the page drawn by poppler, in the middle of a grey table, as a YUV4MPEG2 film of one frame.</summary>
internal static class FakeCamera
{
    private const int Width = 640, Height = 480;

    public static async Task<string> OverAsync(byte[] pdf, string folder, CancellationToken ct)
    {
        var page = Path.Combine(folder, "page.pdf");
        await File.WriteAllBytesAsync(page, pdf, ct);
        using var poppler = Process.Start(new ProcessStartInfo("pdftoppm", ["-r", "200", "-gray", "-singlefile", page, Path.Combine(folder, "page")]))!;
        await poppler.WaitForExitAsync(ct);
        Assert.Equal(0, poppler.ExitCode);
        var (width, height, pixels) = Read(await File.ReadAllBytesAsync(Path.Combine(folder, "page.pgm"), ct));
        var table = Enumerable.Repeat((byte)150, Width * Height).ToArray();
        for (var y = 0; y < height; y++)
        {
            pixels.AsSpan(y * width, width).CopyTo(table.AsSpan(((((Height - height) / 2) + y) * Width) + ((Width - width) / 2)));
        }

        var film = Path.Combine(folder, "camera.y4m");
        await using var file = File.Create(film);
        await file.WriteAsync(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F10:1 Ip A1:1 C420jpeg\nFRAME\n"), ct);
        await file.WriteAsync(table, ct);
        await file.WriteAsync(Enumerable.Repeat((byte)128, Width * Height / 2).ToArray(), ct);   // no colour
        return film;
    }

    /// <summary>A PGM of poppler: "P5", width and height, 255, each on a line of its own, then the pixels.</summary>
    private static (int Width, int Height, byte[] Pixels) Read(byte[] pgm)
    {
        var lines = Encoding.ASCII.GetString(pgm, 0, 40).Split('\n');
        var size = lines[1].Split(' ');
        var (width, height) = (int.Parse(size[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(size[1], System.Globalization.CultureInfo.InvariantCulture));
        return (width, height, pgm[^(width * height)..]);
    }
}
