using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CryoHub.Imaging.Tests.Shapes;

/// <summary>ImageJ itself (Debian's libij-java), which writes selections for us and tells what it finds in ours.</summary>
internal static class ImageJ
{
    private const string Jar = "/usr/share/java/ij.jar";

    public static async Task<string[]> RunAsync(string act, string path, CancellationToken ct, [CallerFilePath] string source = "")
    {
        var program = Path.Combine(Path.GetDirectoryName(source)!, "imagej", "Rois.java");
        string[] arguments = ["-Djava.awt.headless=true", "-cp", Jar, program, act, path];
        using var process = Process.Start(new ProcessStartInfo("java", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(ct);
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        Assert.True(process.ExitCode == 0, $"java ended with {process.ExitCode}: {await errors}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
